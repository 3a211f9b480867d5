import type { Point } from '../sink/timeline.ts';

/** So many good seconds in a row count as recovered: one may be luck. */
const GOOD_SECONDS = 3;

/** A status that was accepted this long before a fault may have been in the hands of what was killed. */
const IN_HAND_MS = 10_000;
const BEFORE_SECONDS = 10;

/**
 * What counts as good again: within `limitMs`, or what was usual just before the first fault, on a machine that was slow without
 * any. The median, as what the fault itself held up is among these.
 */
export function goodAgainMs(points: readonly Point[], firstFaultAt: number, limitMs: number): number {
  const before = points.filter(({ at }) => at < firstFaultAt - 1_000 && at >= firstFaultAt - 1_000 * (BEFORE_SECONDS + 1));
  const usual = before.map(({ p99 }) => p99).sort((a, b) => a - b)[Math.floor(before.length / 2)];
  return Math.max(limitMs, usual ?? 0);
}

/**
 * How many seconds after `at` (ms) the fault was over: posts were delivered as before, three seconds in a row, and the last of
 * those that had been held up had arrived. To the second. Null where that did not come.
 */
export function recoverySeconds(points: readonly Point[], at: number, goodMs: number): number | null {
  const bySecond = new Map(points.map((point) => [Math.floor(point.at / 1_000), point]));
  const first = Math.floor(at / 1_000);
  const last = Math.max(...bySecond.keys());
  const isGood = (second: number) => second > last || (bySecond.get(second)?.p99 ?? Number.POSITIVE_INFINITY) <= goodMs;
  for (let second = first; second <= last; second++) {
    if (!Array.from({ length: GOOD_SECONDS }, (_, next) => second + next).every(isGood)) continue;
    const heldUp = points.filter(
      (point) => point.max > goodMs && point.at >= at - IN_HAND_MS && point.at < second * 1_000 + 1_000,
    );
    const lastArrivals = heldUp.map((point) => (point.at + point.max - at) / 1_000);
    return Math.max(0, second - at / 1_000, ...lastArrivals);
  }
  return null;
}
