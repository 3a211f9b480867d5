import { expect, it } from 'vitest';
import { LIVE_GATHER_MAX_MS } from '../contract/limits.ts';
import { Pace } from './pace.ts';

interface Second {
  rounds: number;
  deliveries: number;
  writes: number;
  costMs: number;
  /** Writes of a round that one before it could have done; all of them unless a test says otherwise. */
  sparable?: number;
  /** What else the event loop did beside each round. */
  otherMs?: number;
}

/** A pace that was shown a second of this: rounds a second, deliveries in each, and how much of its time was needed for them. */
function afterOneSecond({ rounds, deliveries, writes, costMs, sparable = writes, otherMs = 0 }: Second) {
  let now = 0;
  let busy = 0;
  const pace = new Pace(
    LIVE_GATHER_MAX_MS,
    () => now,
    () => busy,
  );
  for (let round = 0; round < rounds; round++) {
    now += 1_000 / rounds;
    const spentMs = writes * costMs;
    busy += spentMs + otherMs;
    pace.note({ deliveries, writes, sparable, spentMs });
  }
  return { pace, pass: (ms: number) => (now += ms) };
}
/** 46,000 deliveries a second: a load of 0.46 at 10 µs each. */
const SPIKE = { rounds: 1_000, deliveries: 46, writes: 46 };

it('has nobody wait before anything was written, nor while there is time for a write for each', () => {
  expect(new Pace().gatherMs).toBe(0);
  expect(afterOneSecond({ ...SPIKE, costMs: 0.017 }).pace.gatherMs).toBe(0);
});

it('gathers for longer the further it is behind, and never longer than the limit', () => {
  const at = (costMs: number) => afterOneSecond({ ...SPIKE, costMs }).pace.gatherMs;
  const waits = [0.018, 0.02, 0.023, 0.03, 0.1, 1].map(at);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBeGreaterThan(0);
  expect(waits.slice(-3)).toEqual([LIVE_GATHER_MAX_MS, LIVE_GATHER_MAX_MS, LIVE_GATHER_MAX_MS]);
});

it('counts what else the process has to do', () => {
  const beside = (otherMs: number) => afterOneSecond({ ...SPIKE, costMs: 0.01, otherMs }).pace.gatherMs;
  expect(beside(0.3)).toBe(0);
  expect(beside(0.5)).toBeGreaterThan(0);
  expect(beside(0.9)).toBe(LIVE_GATHER_MAX_MS);
});

it('has nobody wait where few would find company, however far behind it is', () => {
  const among = (sparable: number) => afterOneSecond({ ...SPIKE, costMs: 0.03, sparable }).pace.gatherMs;
  expect(among(0)).toBe(0);
  expect(among(18)).toBe(0);
  expect(among(19)).toBe(LIVE_GATHER_MAX_MS);
});

it('goes on gathering although gathering made the writing cheap', () => {
  // As many deliveries as above, four of them in each write: a quarter of the time is spent.
  const { pace } = afterOneSecond({ rounds: 20, deliveries: 2_300, writes: 575, sparable: 0, costMs: 0.03 });
  expect(pace.gatherMs).toBe(LIVE_GATHER_MAX_MS);
});

it('is calm again soon after the spike', () => {
  const { pace, pass } = afterOneSecond({ ...SPIKE, costMs: 0.03 });
  pass(2_000);
  expect(pace.gatherMs).toBe(0);
  pace.note({ deliveries: 46, writes: 46, sparable: 46, spentMs: 1.4 });
  expect(pace.gatherMs).toBe(0);
});
