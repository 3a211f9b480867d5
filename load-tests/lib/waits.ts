import { LAG_SECONDS } from '../../src/contract/limits.ts';

/** The gauge counts from the commit, which is given up after so long, and not from the moment of acceptance before it. */
const COMMIT_MS = 1_500;

/** A status was accepted at `from` and brought to no socket before `until`; ms by the service's clock. */
export interface Wait {
  from: number;
  until: number;
}

export interface Waits {
  /** Longer than LAG_SECONDS; of the statuses that were accepted in one tenth of a second the longest. */
  waits: Wait[];
  /** How much later the quickest came than it was accepted (ms), by two clocks: how much the sink's is ahead, within a delivery. */
  clockAheadMs: number;
}

/** A status, and the first of its author's newer ones: when they were accepted (ms by the service's clock). */
export interface Late {
  acceptedAt: number;
  overtakenAt: number;
}

/** What the sockets saw of the service being late, which is what excuses it where a newer status overtook an older one. */
export function createWaits() {
  const longest = new Map<number, Wait>();
  let quickestMs = Number.POSITIVE_INFINITY;

  return {
    /** A status, by when it was accepted (the service's clock) and when the first socket had it (the sink's clock). */
    add(acceptedAt: number, arrivedAt: number): void {
      if (Number.isNaN(acceptedAt)) return;
      quickestMs = Math.min(quickestMs, arrivedAt - acceptedAt);
      const tenth = Math.floor(acceptedAt / 100);
      const before = longest.get(tenth);
      if (!before || arrivedAt - acceptedAt > before.until - before.from)
        longest.set(tenth, { from: acceptedAt, until: arrivedAt });
    },

    read(): Waits {
      const clockAheadMs = Number.isFinite(quickestMs) ? quickestMs : 0;
      const waits = [...longest.values()]
        .map(({ from, until }) => ({ from, until: until - clockAheadMs }))
        .filter(({ from, until }) => until - from > LAG_SECONDS * 1_000);
      return { waits, clockAheadMs };
    },
  };
}

/**
 * Whether something that was accepted no later than this status still waited when this was more than LAG_SECONDS old and the
 * newer one had been accepted: only then may the service have kept it to the history.
 */
export function wasLate({ acceptedAt, overtakenAt }: Late, waits: readonly Wait[]): boolean {
  const lateAt = Math.max(acceptedAt + LAG_SECONDS * 1_000, overtakenAt);
  return waits.some(({ from, until }) => from <= acceptedAt + COMMIT_MS && until >= lateAt);
}
