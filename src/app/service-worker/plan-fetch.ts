/**
 * What the service worker does with a request: `asset` and `page` are served from the phone where it has them, `newer` is a
 * page's own question for what has come after the copy that it is; `changes`, `circles` and `forget` are passed on, and say that
 * the next page must be awaited, that besides the four buttons reach other circles, or that no copy may be shown any more.
 */
export type FetchPlan = 'asset' | 'page' | 'newer' | 'changes' | 'circles' | 'forget' | 'pass';

const HASHED = /^\/assets\/|^\/icon/;
/** Pages that are kept: the four buttons, the boards, and what helps by itself. Those with codes, links or settings on them are not. */
const KEPT_PAGES = /^\/(alerts|help)?$|^\/circles\/[0-9a-f-]{36}$/;
/**
 * Forms after which the pages kept here still belong to the same person in the same language: so they do when another device is
 * signed out; where it is this one, the answer is the start page of nobody, with which they are forgotten. After every other
 * form, also after those that are not written yet, they are forgotten at once.
 */
const KEEPS_READER = /^\/(statuses|welcome|alerts|recovery-code|devices\/known|devices\/[^/]+\/sign-out)(\/|$)/;
/** So they do after these, which change the circles that there are to write to. */
const CHANGES_CIRCLES = /^\/circles(\/|$)/;
/** Calls of the API that begin, end or change a person or a session. */
const CHANGES_READER = /^\/v1\/(me|people|sessions)(\/|$)/;

/** Decides by address alone. The API is never answered from here: an old answer must not pass for a new one. */
export function planFetch(method: string, { origin, pathname }: URL, mode: string, own: string): FetchPlan {
  if (origin !== own) return 'pass';
  const isNavigation = mode === 'navigate';
  if (method !== 'GET') {
    if (isNavigation && CHANGES_CIRCLES.test(pathname)) return 'circles';
    if (isNavigation) return KEEPS_READER.test(pathname) ? 'changes' : 'forget';
    return CHANGES_READER.test(pathname) ? 'forget' : 'pass';
  }
  if (HASHED.test(pathname)) return 'asset';
  if (!isNavigation) return isKeptPage(pathname) ? 'newer' : 'pass';
  return pathname.startsWith('/v1/') || pathname.startsWith('/docs') ? 'pass' : 'page';
}

/** Whether a page may be kept on the phone. */
export function isKeptPage(path: string): boolean {
  return KEPT_PAGES.test(path);
}

const ANSWER_PAGE = /^\/answer\/([0-9a-f-]{36})(\/|$)/;

/** Pages that say in part what this one would, the best first: of what an alert told, and where to answer; the list of boards. */
export function standInsOf(path: string): string[] {
  if (path === '/circles') return ['/'];
  const [, circle] = ANSWER_PAGE.exec(path) ?? [];
  return circle ? [`/circles/${circle}`, '/'] : [];
}
