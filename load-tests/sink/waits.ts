import { LAG_SECONDS } from '../../src/contract/limits.ts';

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
