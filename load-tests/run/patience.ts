/** The promise: everything acknowledged is where it belongs within a minute of the last fault's end. */
const SETTLE_LIMIT_MS = 60_000;
const LOOK_AGAIN_MS = 500;
/**
 * What is whole must stay so before it is believed. A repetition comes later than what it repeats: a batch is swept 3 to 5 s after
 * its commit, and the job of a worker that died is taken over after 5 to 10 s. What seems overtaken may still be on its way.
 */
const STAY_WHOLE_MS = 15_000;

export interface Look {
  /** Nothing is missing. */
  isWhole: boolean;
  /** Statuses that newer ones overtook. */
  overtaken: number;
}

/**
 * How long to wait before looking again (ms), look after look; null where the last look counts: it found the same as one
 * STAY_WHOLE_MS before, all whole, or something was missing and the minute is over. Times in ms; `startedAt`: when all was posted.
 */
export function createPatience(startedAt: number): (look: Look, now: number) => number | null {
  let whole: (Look & { since: number }) | null = null;
  return (look, now) => {
    if (!look.isWhole) {
      whole = null;
      return now - startedAt > SETTLE_LIMIT_MS ? null : LOOK_AGAIN_MS;
    }
    if (whole?.overtaken !== look.overtaken) whole = { ...look, since: now };
    const left = whole.since + STAY_WHOLE_MS - now;
    return left > 0 ? left : null;
  };
}
