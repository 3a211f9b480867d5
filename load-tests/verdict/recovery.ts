import type { Point } from '../sink/timeline.ts';

/** So many good seconds in a row count as recovered: one may be luck. */
const GOOD_SECONDS = 3;

/**
 * How many seconds after `at` (ms) posts were delivered again as if nothing had happened: the first second from which on, three
 * times in a row, the p99 of what was meant to be sent in it is within `limitMs`. Null where that did not come.
 */
export function recoverySeconds(points: readonly Point[], at: number, limitMs: number): number | null {
  const bySecond = new Map(points.map((point) => [Math.floor(point.at / 1_000), point]));
  const first = Math.floor(at / 1_000);
  const last = Math.max(...bySecond.keys());
  const isGood = (second: number) => second > last || (bySecond.get(second)?.p99 ?? Number.POSITIVE_INFINITY) <= limitMs;
  for (let second = first; second <= last; second++) {
    if (Array.from({ length: GOOD_SECONDS }, (_, next) => second + next).every(isGood)) return Math.max(0, second - at / 1_000);
  }
  return null;
}
