import type { BrowserData } from '../browser-data.ts';
import { markCopy, putBoard, readPageData, readParts, type ShownBoard } from '../phone/kept-page.ts';
import { closeAlerts } from './notifications.ts';
import { isKeptPage } from './plan-fetch.ts';

/** The cache of what every page is made of, and of the pages that are anybody's. */
export const SHELL = 'shell';
/** The cache of one person's pages. */
const PAGES = 'pages';
export const OFFLINE = '/offline';
const START = '/';
/** The emergency numbers: kept before anybody has looked at them. */
const HELP = '/help';

/** For whom a page was written, as far as it is the same for all who read and call as they do. */
export type KeptReader = Pick<BrowserData, 'locale' | 'country'>;

/** Work that may go on after the answer. */
export type Later = (work: Promise<unknown>) => void;

/** Grows when pages are forgotten: what was asked for before that is not kept any more when it comes. */
let generation = 0;
/** The four buttons may reach other circles by now: then they are fetched anew with the next page. */
let isStartOld = false;

/**
 * Keeps the page for no connection and the one with the emergency numbers, and what they are made of. With a new release goes
 * what neither it nor the release before names: a page kept on the phone may still be made of the latter.
 */
export async function keepShell(store: CacheStorage): Promise<void> {
  const shell = await store.open(SHELL);
  const response = await fetch(OFFLINE);
  if (!response.ok) return;
  const parts = readParts(await response.clone().text());
  const former = readParts((await (await shell.match(OFFLINE))?.text()) ?? '');
  await shell.put(OFFLINE, response);
  // A part that cannot be had now is fetched when a page asks for it; it must not keep alerts from working.
  await Promise.allSettled([
    shell.add(HELP),
    ...parts.map(async (part) => (isHashed(part) && (await shell.match(part)) ? undefined : shell.add(part))),
  ]);
  if (parts.every((part) => former.includes(part))) return;
  const named = new Set([OFFLINE, HELP, ...parts, ...former]);
  const unnamed = (await shell.keys()).filter(({ url }) => !named.has(new URL(url).pathname));
  await Promise.all(unnamed.map((request) => shell.delete(request)));
}

/**
 * What is kept for whoever uses this phone speaks the language of that person, and has the numbers of their country: chosen anew
 * on another phone, both are here with the next page or alert. Resolves also where the network has none.
 * @param isTheirs whether what is kept is still right for its reader
 */
export async function renewShell(store: CacheStorage, isTheirs: (kept: KeptReader) => boolean): Promise<void> {
  const kept = await readKept(store, OFFLINE);
  if (!kept || isTheirs(kept)) return;
  await Promise.allSettled([keepShell(store), renewStart(store, isTheirs)]);
}

/** The copy of the start page has the numbers too, beside its buttons; without another it is kept as it is. */
async function renewStart(store: CacheStorage, isTheirs: (kept: KeptReader) => boolean): Promise<void> {
  const asked = generation;
  const kept = await readKept(store, START);
  if (kept?.person && !isTheirs(kept)) await keepStart(store, kept.person, asked);
}

/**
 * Keeps the four buttons as the service gives them now, whether or not anybody has opened their page here: they are what a phone
 * without a connection is opened for. Not where they are somebody else's than `person`'s by now, or nobody's, and not where pages
 * were forgotten after `asked`.
 */
async function keepStart(store: CacheStorage, person: string, asked: number): Promise<void> {
  const response = await fetch(START);
  const html = await response.text();
  const isTheirs = response.ok && readPageData(html)?.person === person;
  const pages = await store.open(PAGES);
  if (!isTheirs || asked !== generation) return;
  isStartOld = false;
  await pages.put(START, makePage(html, response));
}

/** Forgets all pages, also those that are on their way, and takes off the alerts, unless who was here `stays`. */
export async function forgetPages(store: CacheStorage, stays = false): Promise<void> {
  generation += 1;
  await Promise.all([store.delete(PAGES), stays || closeAlerts()]);
}

/** Forgets all pages of who was here and stays, and fetches the four buttons anew. */
export async function renewPages(store: CacheStorage, later: Later): Promise<void> {
  const start = await readKept(store, START);
  await forgetPages(store, true);
  if (start?.person) later(keepStart(store, start.person, generation).catch(() => undefined));
}

/** The circles that the four buttons reach have changed, or may have: they are fetched anew with the next page. */
export function expectOtherCircles(): void {
  isStartOld = true;
}

/** Puts a board as it was last shown into the copy of its page: what came live since then is on the phone too. */
export async function keepBoard(store: CacheStorage, shown: ShownBoard): Promise<void> {
  const asked = generation;
  const pages = await store.open(PAGES);
  const kept = await pages.match(shown.path);
  const html = await kept?.text();
  // No copy, or one of somebody else: that board may not be shown here any more.
  if (!kept || html === undefined || readPageData(html)?.person !== shown.person) return;
  const page = putBoard(html, shown);
  if (page !== null && asked === generation) await pages.put(shown.path, makePage(page, kept));
}

/**
 * A board that its reader may not see any more is not shown here either, nor kept where it is on its way; the buttons are
 * fetched anew, without that circle.
 */
export async function forgetBoard(store: CacheStorage, path: string): Promise<void> {
  generation += 1;
  isStartOld = true;
  await (await store.open(PAGES)).delete(path);
}

/** Asks the network, and keeps what comes, however late, for the next time. */
export function askToKeep(store: CacheStorage, request: Request, later: Later): Promise<Response> {
  const asked = generation;
  const fresh = fetch(request);
  // A phone that is full keeps no copy, and still shows the page.
  later(fresh.then((response) => keepOrForget(store, request, response.clone(), asked)).catch(() => undefined));
  return fresh;
}

/**
 * Keeps a page as it is now, and with the first one of anybody their four buttons. Who is not signed in any more sees none of the
 * former pages, nor does who is in their place; what is gone is gone here too. All of that only by a page of Buji's own, which
 * hands its script something: a network that asks to be signed in to, or what stands before a service that is away, answers with
 * any status, and knows nothing of what is kept.
 */
async function keepOrForget(store: CacheStorage, request: Request, response: Response, asked: number): Promise<void> {
  const path = new URL(request.url).pathname;
  if (path === HELP && response.ok) {
    const html = await response.text();
    const page = readPageData(html);
    if (page) await (await store.open(SHELL)).put(path, makePage(html, response));
    return renewFor(store, page);
  }
  const isKept = isKeptPage(path);
  const isGone = response.status === 404 || response.status === 410;
  const isPage = response.status === 200 && response.type === 'basic' && !response.redirected;
  const isRefused = isKept && response.status === 401;
  if (!isGone && !isPage && !isRefused) return;
  const html = await response.text();
  const found = readPageData(html);
  if (!found) return;
  const data = isGone ? null : found;
  if (isRefused || data?.person === null) {
    await forgetPages(store);
    return renewFor(store, data);
  }
  const pages = await store.open(PAGES);
  const start = await readKept(pages, START);
  // Nothing is awaited between this look and the put: forgetting either is seen here, or comes after it.
  if (asked !== generation) return;
  const person = data?.person;
  if (person && start?.person && start.person !== person) {
    await forgetPages(store);
    return keepStart(store, person, generation);
  }
  if (isKept) {
    if (isGone) await pages.delete(path);
    else await pages.put(path, makePage(html, response));
    await renewFor(store, data);
  }
  if (path === START) isStartOld = false;
  else if (person && (!start || isStartOld)) await keepStart(store, person, asked);
}

/** What is kept for everybody becomes what a page that has just come is. */
async function renewFor(store: CacheStorage, page: KeptReader | null): Promise<void> {
  if (page) await renewShell(store, ({ locale, country }) => locale === page.locale && country === page.country);
}

/** Its policy (CSP) holds for the kept page too; but its text is no longer packed, and no longer as long, as was said of it. */
function makePage(html: string, from: Response): Response {
  const headers = new Headers(from.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return new Response(html, { headers });
}

async function readKept(store: Pick<Cache, 'match'>, path: string): Promise<BrowserData | null> {
  return readPageData((await (await store.match(path))?.text()) ?? '');
}

export function isHashed(path: string): boolean {
  return path.startsWith('/assets/');
}

/**
 * The copy of a page, marked as one, or as `mark` does. A page whose script or style is not here any more, from before the release
 * before this one, counts as none: nothing on it would work. What helps by itself is shown all the same.
 */
export async function readCopy(store: CacheStorage, path: string, mark = markCopy): Promise<Response | null> {
  const kept = await store.match(path);
  if (!kept) return null;
  const html = await kept.text();
  const shell = await store.open(SHELL);
  const parts = isKeptPage(path) && path !== HELP ? readParts(html).filter(isHashed) : [];
  const found = await Promise.all(parts.map((part) => shell.match(part)));
  return found.every(Boolean) ? makePage(mark(html), kept) : null;
}
