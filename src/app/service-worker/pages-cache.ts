import { isKeptPage } from './plan-fetch.ts';

const SHELL = 'shell';
const PAGES = 'pages';
const OFFLINE = '/offline';

/** Longer than a busy network's usual answer; then the copy on the phone is worth more than waiting on. */
const PATIENCE_MS = 2_500;

/** Work that may go on after the answer. */
type Later = (work: Promise<unknown>) => void;

/** Grows when pages are forgotten: what was asked for before that is not kept any more when it comes. */
let generation = 0;

/**
 * Keeps the page for no connection, and what it is made of. With a new release goes what neither it nor the release before
 * names: a page kept on the phone may still be made of the latter.
 */
export async function keepShell(store: CacheStorage): Promise<void> {
  const shell = await store.open(SHELL);
  const response = await fetch(OFFLINE);
  if (!response.ok) return;
  const parts = readParts(await response.clone().text());
  const former = readParts((await (await shell.match(OFFLINE))?.text()) ?? '');
  await shell.put(OFFLINE, response);
  // A part that cannot be had now is fetched when a page asks for it; it must not keep alerts from working.
  await Promise.allSettled(
    parts.map(async (part) => (isHashed(part) && (await shell.match(part)) ? undefined : shell.add(part))),
  );
  if (parts.every((part) => former.includes(part))) return;
  const named = new Set([OFFLINE, ...parts, ...former]);
  const unnamed = (await shell.keys()).filter(({ url }) => !named.has(new URL(url).pathname));
  await Promise.all(unnamed.map((request) => shell.delete(request)));
}

/** Forgets all pages, also those that are on their way. */
export async function forgetPages(store: CacheStorage): Promise<void> {
  generation += 1;
  await store.delete(PAGES);
}

/** A part of the shell: from the phone where it is there. A hashed file never changes; any other is renewed for the next time. */
export async function answerAsset(store: CacheStorage, request: Request, later: Later): Promise<Response> {
  const shell = await store.open(SHELL);
  const kept = await shell.match(request);
  const path = new URL(request.url).pathname;
  if (kept && isHashed(path)) return kept;
  const fresh = fetch(request).then(async (response) => {
    if (response.ok) await shell.put(request, response.clone());
    return response;
  });
  if (!kept) {
    const response = await fresh;
    // A hashed file that is not here yet is a new release's: the page for no connection becomes that release's too.
    if (response.ok && isHashed(path)) later(keepShell(store).catch(() => null));
    return response;
  }
  later(fresh.catch(() => null));
  return kept;
}

/**
 * A page: from the network when that answers in time, else the copy on the phone (marked as one, so that it says of when it
 * is), else the page for no connection. What comes late is still kept for the next time.
 */
export async function answerNavigation(store: CacheStorage, request: Request, later: Later): Promise<Response> {
  const path = new URL(request.url).pathname;
  const asked = generation;
  const fresh = fetch(request).then(async (response) => {
    // A phone that is full keeps no copy, and still shows the page.
    await keepOrForget(store, path, response, asked).catch(() => undefined);
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

/** Keeps a page as it is now. Who is not signed in any more sees none of the former pages; what is gone is gone here too. */
async function keepOrForget(store: CacheStorage, path: string, response: Response, asked: number): Promise<void> {
  if (!isKeptPage(path)) return;
  if (response.status === 401) return forgetPages(store);
  const isGone = response.status === 404 || response.status === 410;
  const isPage = response.status === 200 && response.type === 'basic' && !response.redirected;
  if (!isGone && !isPage) return;
  const pages = await store.open(PAGES);
  // Nothing is awaited between this look and the put: forgetting either is seen here, or comes after it.
  if (asked !== generation) return;
  await (isGone ? pages.delete(path) : pages.put(path, response.clone()));
}

function isHashed(path: string): boolean {
  return path.startsWith('/assets/');
}

function readParts(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/(?:assets\/|icon)[^"]+)"/g)].map((match) => match[1] ?? '');
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
