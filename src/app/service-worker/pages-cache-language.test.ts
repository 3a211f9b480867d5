import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeCaches } from '../../testing/phone-caches.ts';
import { answerNavigation, keepShell, renewShell } from './pages-cache.ts';

const realFetch = globalThis.fetch;
/** The language of whoever is signed in here, as the service has it; null: there is no network. */
let profile: string | null;
let caches: ReturnType<typeof makeCaches>;

beforeEach(async () => {
  profile = 'en';
  caches = makeCaches();
  globalThis.fetch = async () => {
    if (profile === null) throw new TypeError('no network');
    return page(JSON.stringify({ person: 'mum', locale: profile }));
  };
  await keepShell(caches.store);
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** As a browser gives it: of our own origin. */
function page(data: string): Response {
  const response = new Response(`<body><script type="application/json" id="page-data">${data}</script>`);
  Object.defineProperty(response, 'type', { value: 'basic' });
  response.clone = () => page(data);
  return response;
}

const keptLanguage = async () => /"locale":"([^"]+)"/.exec((await (await caches.store.match('/offline'))?.text()) ?? '')?.[1];

it('keeps the page for no connection in the language that was chosen on another phone, from the next page on', async () => {
  const works: Promise<unknown>[] = [];
  const visit = async () => {
    await answerNavigation(caches.store, new Request('https://buji.example/'), (work) => void works.push(work));
    await Promise.all(works);
  };
  await visit();
  expect(await keptLanguage()).toBe('en');
  profile = 'ja';
  await visit();
  expect(await keptLanguage()).toBe('ja');
});

it('keeps it as it is where the language is the same, and where there is no network', async () => {
  profile = 'ja';
  await renewShell(caches.store, (locale) => locale === 'en');
  expect(await keptLanguage()).toBe('en');
  await renewShell(caches.store, (locale) => locale === 'ja');
  expect(await keptLanguage()).toBe('ja');
  profile = null;
  await renewShell(caches.store, () => false);
  expect(await keptLanguage()).toBe('ja');
});
