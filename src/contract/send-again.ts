/** How long to wait between tries: the first wait, which doubles with each try, and the longest. Milliseconds. */
export interface Waits {
  firstMs: number;
  longestMs: number;
}

/**
 * Milliseconds until the next try: the upper half of the wait is random, so that those who failed together do not come back
 * together. @param tries how many waits came before this one @param random from 0 to 1 @param askedMs what the other side asked
 * for, which is never cut short
 */
export function chooseRetryWait({ firstMs, longestMs }: Waits, tries: number, random = Math.random(), askedMs = 0): number {
  const half = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 20)) / 2;
  return Math.max(askedMs, half) + random * half;
}

/**
 * Seconds that a `Retry-After` asks for (RFC 9110, section 10.2.3); null where there is none, or where it is a date: a phone's clock
 * may be wrong.
 */
export function readRetrySeconds(value: string | null | undefined): number | null {
  return value && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
