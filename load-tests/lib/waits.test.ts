import { expect, it } from 'vitest';
import { createWaits, wasLate } from './waits.ts';

const NOON = Date.parse('2026-03-11T03:00:00.000Z');

it('tells which statuses came more than five seconds late, whatever the two clocks say', () => {
  for (const ahead of [0, 90_000, -90_000]) {
    const waits = createWaits();
    const add = (acceptedAt: number, arrivedAt: number) => waits.add(NOON + acceptedAt, NOON + arrivedAt + ahead);
    add(0, 10);
    add(1_000, 6_010);
    add(2_100, 7_111);
    add(3_110, 8_200);
    add(3_120, 9_010);
    add(3_130, 9_015);
    const wait = (from: number, until: number) => ({ from: NOON + from, until: NOON + until });
    // Five seconds sharp are not late; of the last three, which were accepted together, the longest is told.
    expect(waits.read()).toEqual({ waits: [wait(2_100, 7_101), wait(3_120, 9_000)], clockAheadMs: 10 + ahead });
  }
});

it('says nothing of what never came', () => {
  expect(createWaits().read()).toEqual({ waits: [], clockAheadMs: 0 });
});

it.each<[string, boolean, { from: number; until: number }[], number]>([
  ['what was accepted before it came later than that', true, [{ from: 900, until: 6_000 }], 3_000],
  ['what was accepted later did, by less than a commit takes', true, [{ from: 2_500, until: 7_600 }], 3_000],
  ['nothing waited', false, [], 3_000],
  ['only what was accepted later did', false, [{ from: 2_600, until: 9_000 }], 3_000],
  ['what did came before it was late itself', false, [{ from: 500, until: 5_999 }], 3_000],
  ['what did came before the newer one was accepted', false, [{ from: 500, until: 9_000 }], 60_000],
])('holds a status of one second for late, or not, where %s', (_, isLate, waits, overtakenAt) => {
  expect(wasLate({ acceptedAt: 1_000, overtakenAt }, waits)).toBe(isLate);
});
