import { describe, expect, it } from 'vitest';
import { STAY_AWAY_MAX_SECONDS } from '../contract/stay-away.ts';
import { Admission } from './admission.ts';

function createAdmission(points: number, seconds: number) {
  let now = 1_000;
  const admission = new Admission({ points, seconds }, () => now);
  const ask = (times: number) => Array.from({ length: times }, () => admission.ask());
  return { ask, pass: (ms: number) => (now += ms) };
}

describe('ask', () => {
  it('lets a burst in, and then so many a second', () => {
    const { ask, pass } = createAdmission(10, 2);
    expect(ask(11).map((seconds) => seconds === 0)).toEqual([...Array(10).fill(true), false]);
    pass(1_000);
    expect(ask(6).map((seconds) => seconds === 0)).toEqual([...Array(5).fill(true), false]);
    pass(3_600_000);
    expect(ask(11).filter((seconds) => seconds === 0)).toHaveLength(10);
  });

  it('spreads those whom it sends away by the rate at which it can take them', () => {
    const { ask, pass } = createAdmission(10, 1);
    ask(10);
    const waits = ask(30);
    expect([1, 2, 3].map((second) => waits.filter((wait) => wait === second).length)).toEqual([10, 10, 10]);
    // Two seconds later those of two seconds have their places back; whoever comes now stands behind the others.
    pass(2_000);
    expect(ask(10)).toEqual(Array(10).fill(0));
    expect(ask(1)).toEqual([2]);
  });

  it('sends nobody away for longer than a client believes', () => {
    const { ask } = createAdmission(1, 10);
    expect(Math.max(...ask(100))).toBe(STAY_AWAY_MAX_SECONDS);
  });
});
