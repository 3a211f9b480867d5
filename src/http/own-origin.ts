/** What a request says about where it came from; header names in lower case, as Node gives them. */
interface OriginHeaders {
  cookie?: string | undefined;
  authorization?: string | undefined;
  origin?: string | undefined;
  host?: string | undefined;
  'sec-fetch-site'?: string | string[] | undefined;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something: one that carries the session cookie, an `Origin`
 * or a `Sec-Fetch-Site` header must come from our own origin; a Bearer token without the cookie is exempt, for no browser adds
 * one by itself.
 */
export function mayChange(method: string, headers: OriginHeaders, cookieName: string, publicUrl: string | null): boolean {
  if (SAFE_METHODS.has(method)) return true;
  const hasCookie = hasSessionCookie(headers.cookie, cookieName);
  if (!hasCookie && headers.authorization?.startsWith('Bearer ')) return true;
  const hasOrigin = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  return (!hasCookie && !hasOrigin) || isOwnOrigin(headers, publicUrl);
}

/**
 * Whether the browser says that the request came from a page of ours: `Sec-Fetch-Site: same-origin`, else (plain http, old
 * browsers) an `Origin` equal to `PUBLIC_URL`, else to `Host`.
 */
export function isOwnOrigin(headers: OriginHeaders, publicUrl: string | null): boolean {
  if (headers['sec-fetch-site'] !== undefined) return headers['sec-fetch-site'] === 'same-origin';
  if (!headers.origin || !URL.canParse(headers.origin)) return false;
  return publicUrl ? headers.origin === publicUrl : new URL(headers.origin).host === headers.host;
}

function hasSessionCookie(cookie: string | undefined, cookieName: string): boolean {
  return cookie?.split(';').some((pair) => pair.trim().startsWith(`${cookieName}=`)) ?? false;
}
