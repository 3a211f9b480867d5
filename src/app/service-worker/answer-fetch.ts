import { markUnanswered } from '../phone/kept-page.ts';
import {
  askToKeep,
  expectOtherCircles,
  forgetPages,
  isHashed,
  keepShell,
  type Later,
  OFFLINE,
  readCopy,
  renewPages,
  SHELL,
} from './kept-pages.ts';
import { standInsOf } from './plan-fetch.ts';

/** What a near and idle service answers in. Whoever looks at a copy gets the newer page put into it, so there is no need to wait. */
const PATIENCE_MS = 100;
/** After a form of ours, which the service has just answered: a copy from before it would not show what it did. */
const AFTER_FORM_PATIENCE_MS = 2_500;
/** Where another page on the phone says in part what this one would. */
const STAND_IN_PATIENCE_MS = 2_500;
/** Where there is no copy, waiting is all that can be done; a minute of it says less than the page for no connection. */
const LONGEST_PATIENCE_MS = 25_000;
/** A page that was shown as a copy asks within this time for what its navigation is still waiting for. */
const SHARED_MS = 10_000;

/** A form was sent: the next page is the answer to it. */
let isAfterForm = false;
/** That form may change who reads, in which language or country: what is kept for everybody is then fetched anew. */
let isShellOld = false;
/** Asked for by navigations that were answered with a copy, by path. */
const underWay = new Map<string, Promise<Response>>();

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

/** A form is on its way to the service: whatever page comes next, a copy of it is from before that. */
export function expectChange(of?: 'circles' | 'reader'): void {
  isAfterForm = true;
  isShellOld ||= of === 'reader';
  if (of === 'circles') expectOtherCircles();
}

/** A form after which what is kept here may still be shown. Without an answer, the page for no connection, which says so. */
export function passForm(store: CacheStorage, request: Request): Promise<Response> {
  return fetch(request).catch(() => tellNoConnection(store, markUnanswered));
}

/**
 * A form after which no copy of before may be shown any more, once it is answered: then the buttons are fetched anew for who was
 * here and stays. Without an answer, the page for no connection, which says so: the browser's own would leave no way back to the
 * buttons.
 * @param mayLeave they are forgotten at once too, and also without an answer, for the service may have done it all the same
 */
export async function answerForm(store: CacheStorage, request: Request, later: Later, mayLeave = false): Promise<Response> {
  if (mayLeave) later(forgetPages(store));
  const response = await fetch(request).catch(() => null);
  // A redirect, which a form that is done answers, cannot be looked into: its status is 0.
  const isDone = response !== null && response.status < 400;
  if (mayLeave) await forgetPages(store).catch(() => undefined);
  else if (isDone) await renewPages(store, later).catch(() => undefined);
  if (!response) return tellNoConnection(store, markUnanswered);
  expectChange('reader');
  return response;
}

/**
 * A page: from the network when that answers at once, else the copy on the phone (marked as one: it says of when it is and
 * asks for the newer one), else one that can stand in for it, else the page for no connection. A service in trouble is no reason
 * to take the buttons away.
 */
export async function answerNavigation(store: CacheStorage, request: Request, later: Later): Promise<Response> {
  const { pathname } = new URL(request.url);
  const soon = wait(isAfterForm ? AFTER_FORM_PATIENCE_MS : PATIENCE_MS);
  isAfterForm = false;
  const fresh = askToKeep(store, request, later);
  // Not before the answer to the form is here, with the cookies that it sets.
  if (isShellOld) later(fresh.then(() => keepShell(store)).catch(() => undefined));
  isShellOld = false;
  const kept = await readCopy(store, pathname);
  const standIn = kept ? null : await findStandIn(store, request);
  const patience = kept ? soon : wait(standIn ? STAND_IN_PATIENCE_MS : LONGEST_PATIENCE_MS);
  const inTime = await Promise.race([fresh.catch(() => null), patience]);
  if (inTime && !((kept ?? standIn) && inTime.status >= 500)) return inTime;
  if (standIn) return Response.redirect(standIn);
  if (!kept) return tellNoConnection(store);
  underWay.set(pathname, fresh);
  setTimeout(() => underWay.get(pathname) === fresh && underWay.delete(pathname), SHARED_MS);
  return kept;
}

/** Address of a page on the phone that can stand in for another. */
async function findStandIn(store: CacheStorage, { url }: Request): Promise<string | null> {
  for (const path of standInsOf(new URL(url).pathname)) if (await readCopy(store, path)) return new URL(path, url).href;
  return null;
}

/** What a page that is a copy asks for itself: the answer that its navigation was too impatient for, else a new one. */
export function answerNewer(store: CacheStorage, request: Request, later: Later): Promise<Response> {
  const { pathname } = new URL(request.url);
  const asked = underWay.get(pathname);
  underWay.delete(pathname);
  return asked ?? askToKeep(store, request, later);
}

async function tellNoConnection(store: CacheStorage, mark?: typeof markUnanswered): Promise<Response> {
  return (await readCopy(store, OFFLINE, mark)) ?? Response.error();
}

function wait(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
