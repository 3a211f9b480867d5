/** What the service worker does with a request. After a form the next page is waited for longer: a copy is from before it. */
export type FetchPlan =
  /** A part of all pages, from the phone where it is there. */
  | 'asset'
  /** A page, from the network when that answers at once, else the copy on the phone. */
  | 'page'
  /** A page's own question for what has come after the copy that it is. */
  | 'newer'
  /** A form that is passed on, after which copies may still be shown; where nothing answers it, the page for no connection is. */
  | 'changes'
  /** The same, after which the four buttons reach other circles. */
  | 'circles'
  /** A form that leaves the same person here, after which no copy may be shown once the service has answered. */
  | 'renews'
  /** A form that may leave somebody else here, or nobody: copies go at once, and again when it is over, answered or not. */
  | 'leaves'
  /** Passed on as it is, and copies go at once. */
  | 'forget'
  /** Not our business: the browser does it. */
  | 'pass';

/** What is asked of the plan: a `Request`. */
type AskedFor = Pick<Request, 'method' | 'url' | 'mode' | 'referrer'>;

const HASHED = /^\/assets\/|^\/icon/;
/** Pages that are kept: the four buttons, the boards, and what helps by itself. Those with codes, links or settings on them are not. */
const KEPT_PAGES = /^\/(alerts|help)?$|^\/circles\/[0-9a-f-]{36}$/;
/**
 * Forms after which the pages kept here still belong to the same person in the same language: so they do when another device is
 * signed out; where it is this one, the answer is the start page of nobody, with which they are forgotten.
 */
const KEEPS_READER = /^\/(statuses|welcome|alerts|recovery-code|devices\/known|devices\/[^/]+\/sign-out)(\/|$)|^\/move$/;
/** So they do after these, which change the circles that there are to write to. */
const CHANGES_CIRCLES = /^\/circles(\/|$)/;
/**
 * Forms after which every page looks different to the same person. Who joins as somebody new had no pages kept here. All forms
 * but these, also those that are not written yet, may put another person in the place of this one, or nobody.
 */
const RENEWS_READER = /^\/(language|country|text-size|settings|join)(\/|$)/;
/** Calls of the API that begin, end or change a person or a session. */
const CHANGES_READER = /^\/v1\/(me|people|sessions)(\/|$)/;

/**
 * Decides by address alone. The API is never answered from here: an old answer must not pass for a new one. Nor is a form that no
 * page of ours is known to have sent: a browser from before 2022 would send it on as ours (whatwg/fetch, issue 1321).
 * @param own our origin
 */
export function planFetch({ method, url, mode, referrer }: AskedFor, own: string): FetchPlan {
  const { origin, pathname } = new URL(url);
  if (origin !== own) return 'pass';
  const isNavigation = mode === 'navigate';
  if (method !== 'GET') {
    if (!isNavigation) return CHANGES_READER.test(pathname) ? 'forget' : 'pass';
    const isOurs = referrer.startsWith(`${own}/`);
    if (CHANGES_CIRCLES.test(pathname)) return isOurs ? 'circles' : 'pass';
    if (KEEPS_READER.test(pathname)) return isOurs ? 'changes' : 'pass';
    if (!isOurs) return 'forget';
    return RENEWS_READER.test(pathname) ? 'renews' : 'leaves';
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
