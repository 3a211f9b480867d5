import { expect, it } from 'vitest';
import { LIVE_GATHER_MAX_MS } from '../contract/limits.ts';
import { Pace } from './pace.ts';

/** A pace that was shown a second of this: rounds a second, deliveries in each, and how much of its time was needed for them. */
function afterOneSecond({ rounds, deliveries, writes, costMs }: Record<'rounds' | 'deliveries' | 'writes' | 'costMs', number>) {
  let now = 0;
  const pace = new Pace(LIVE_GATHER_MAX_MS, () => now);
  for (let round = 0; round < rounds; round++) {
    now += 1_000 / rounds;
    pace.note({ deliveries, writes, spentMs: writes * costMs });
  }
  return { pace, pass: (ms: number) => (now += ms) };
}

it('has nobody wait before anything was written, nor while half of the time suffices', () => {
  expect(new Pace().gatherMs).toBe(0);
  // 46,000 deliveries a second at 10 µs.
  expect(afterOneSecond({ rounds: 1_000, deliveries: 46, writes: 46, costMs: 0.01 }).pace.gatherMs).toBe(0);
});

it('gathers for longer the further it is behind, and never longer than the limit', () => {
  const at = (costMs: number) => afterOneSecond({ rounds: 1_000, deliveries: 46, writes: 46, costMs }).pace.gatherMs;
  const waits = [0.012, 0.015, 0.018, 0.03, 0.1, 1].map(at);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBeGreaterThan(0);
  expect(waits.slice(-3)).toEqual([LIVE_GATHER_MAX_MS, LIVE_GATHER_MAX_MS, LIVE_GATHER_MAX_MS]);
});

it('goes on gathering although gathering made the writing cheap', () => {
  // As many deliveries as above, four of them in each write: a quarter of the time is spent.
  const { pace } = afterOneSecond({ rounds: 20, deliveries: 2_300, writes: 575, costMs: 0.03 });
  expect(pace.gatherMs).toBe(LIVE_GATHER_MAX_MS);
});

it('is calm again soon after the spike', () => {
  const { pace, pass } = afterOneSecond({ rounds: 1_000, deliveries: 46, writes: 46, costMs: 0.03 });
  pass(2_000);
  expect(pace.gatherMs).toBe(0);
  pace.note({ deliveries: 46, writes: 46, spentMs: 1.4 });
  expect(pace.gatherMs).toBe(0);
});
