import { isKeptPage } from './plan-fetch.ts';

const SHELL = 'shell';
const PAGES = 'pages';
const OFFLINE = '/offline';

/** Longer than a busy network's usual answer; then the copy on the phone is worth more than waiting on. */
const PATIENCE_MS = 2_500;

/** Keeps the page for no connection, and what it is made of. */
export async function keepShell(store: CacheStorage): Promise<void> {
  const shell = await store.open(SHELL);
  const response = await fetch(OFFLINE);
  if (!response.ok) return;
  const html = await response.clone().text();
  await shell.put(OFFLINE, response);
  const parts = [...html.matchAll(/(?:src|href)="(\/(?:assets\/|icon)[^"]+)"/g)].map((match) => match[1] ?? '');
  // A part that cannot be had now is fetched when a page asks for it; it must not keep alerts from working.
  await Promise.allSettled(parts.map(async (part) => ((await shell.match(part)) ? undefined : shell.add(part))));
}

/** A hashed file never changes: from the phone where it is there. */
export async function answerAsset(store: CacheStorage, request: Request): Promise<Response> {
  const shell = await store.open(SHELL);
  const kept = await shell.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await shell.put(request, response.clone());
  return response;
}

/**
 * A page: from the network when that answers in time, else the copy on the phone (marked as one, so that it says of when it
 * is), else the page for no connection. What comes late is still kept for the next time.
 */
export async function answerNavigation(
  store: CacheStorage,
  request: Request,
  later: (work: Promise<unknown>) => void,
): Promise<Response> {
  const path = new URL(request.url).pathname;
  const fresh = fetch(request).then(async (response) => {
    if (isKeptPage(path) && response.status === 200 && response.type === 'basic' && !response.redirected) {
      const pages = await store.open(PAGES);
      await pages.put(path, response.clone());
    }
    return response;
  });
  const kept = await readCopy(store, path);
  const patience = kept ? PATIENCE_MS : 10 * PATIENCE_MS;
  const inTime = await Promise.race([
    fresh.catch(() => null),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), patience)),
  ]);
  later(fresh.catch(() => null));
  return inTime ?? kept ?? (await readCopy(store, OFFLINE)) ?? Response.error();
}

async function readCopy(store: CacheStorage, path: string): Promise<Response | null> {
  const kept = await store.match(path);
  if (!kept) return null;
  const html = (await kept.text()).replace('<body', '<body data-copy');
  const headers = new Headers(kept.headers);
  // The kept text is no longer packed, and no longer as long, as the network's answer said.
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return new Response(html, { headers });
}
