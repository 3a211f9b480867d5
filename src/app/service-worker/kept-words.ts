import { readPageData } from '../phone/kept-page.ts';
import type { Words } from '../say.ts';

/**
 * The words of the service worker: those that the kept page for no connection brought with it, in the language of whoever uses
 * this phone. Null where that page is not here (yet), or is one of another release that lacks some of them.
 */
export async function readKeptWords(store: CacheStorage, now: number): Promise<Words | null> {
  try {
    const html = await (await store.match('/offline'))?.text();
    const data = readPageData(html ?? '');
    if (!data?.messages['outbox.retracting.sign-in']) return null;
    const { locale, timeZone, messages } = data;
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone || timeZone;
    return { locale, timeZone: here, now, find: (key) => messages[key] ?? key };
  } catch {
    return null;
  }
}
