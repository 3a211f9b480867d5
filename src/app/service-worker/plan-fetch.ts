/** What the service worker does with a request: serve it from the phone, pass it on, or pass it on and forget all pages. */
export type FetchPlan = 'asset' | 'page' | 'forget' | 'pass';

const HASHED = /^\/assets\/|^\/icon/;
/** Pages that are kept: the four buttons and the boards. Those with codes, links or settings on them are not. */
const KEPT_PAGES = /^\/$|^\/alerts$|^\/circles\/[0-9a-f-]{36}$/;
/** Posts after which the pages kept here may belong to somebody else or be in another language. */
const CHANGES_READER = /^\/(sign-out|recover|start|language|settings|join\/.*)$/;

/** Decides by address alone. The API is never answered from here: an old answer must not pass for a new one. */
export function planFetch(method: string, url: URL, mode: string, origin: string): FetchPlan {
  if (url.origin !== origin) return 'pass';
  if (method === 'POST') return mode === 'navigate' && CHANGES_READER.test(url.pathname) ? 'forget' : 'pass';
  if (method !== 'GET') return 'pass';
  if (HASHED.test(url.pathname)) return 'asset';
  return mode === 'navigate' && !url.pathname.startsWith('/v1/') && !url.pathname.startsWith('/docs') ? 'page' : 'pass';
}

/** Whether a page may be kept on the phone. */
export function isKeptPage(path: string): boolean {
  return KEPT_PAGES.test(path);
}
