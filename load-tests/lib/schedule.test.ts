import { describe, expect, it } from 'vitest';
import { readProfile } from './profile.ts';
import { createSchedule } from './schedule.ts';

describe('the schedule of a spike', () => {
  const profile = readProfile('spike', { BASE_RATE: '10', CALM: '10s', FIRST: '10', HOLD: '20', AFTER: '30s' });
  const schedule = createSchedule(profile.startRate, profile.stages);

  it('goes from the base to eight times, sharper at first, and stays at twice, with aftershocks', () => {
    expect(schedule.rateAt(5_000)).toBe(10);
    expect(schedule.rateAt(20_000)).toBe(100);
    expect(schedule.rateAt(40_000)).toBe(80);
    expect(schedule.rateAt(schedule.durationMs - 1_000)).toBe(20);
    const rates = Array.from({ length: 30 }, (_, second) => schedule.rateAt((51 + second) * 1_000));
    expect(Math.max(...rates)).toBe(40);
  });

  it('says when each post is due, in order and at the rate of its moment', () => {
    const due = Array.from({ length: schedule.total }, (_, index) => schedule.dueMs(index));
    expect(due[0]).toBeCloseTo(100, 5);
    expect(due.every((at, index) => at > (due[index - 1] ?? -1))).toBe(true);
    expect(due.at(-1)).toBeLessThanOrEqual(schedule.durationMs);
    const inPeak = due.filter((at) => at >= 30_000 && at < 40_000).length;
    expect(inPeak / 10).toBeCloseTo(80, -1);
  });
});
