import { describe, expect, it } from 'vitest';
import { writeStatus } from '../../load-tests/judged/statuses.ts';
import { phasesOf, readProfile } from '../../load-tests/lib/profile.ts';
import { createRandom } from '../../load-tests/lib/random.ts';
import { createSchedule } from '../../load-tests/lib/schedule.ts';
import { countContacts, drawWorld } from '../../load-tests/lib/world.ts';
import { CIRCLE_MEMBERS_MAX, CIRCLES_PER_PERSON_MAX, NOTE_MAX } from '../contract/limits.ts';

describe('the world of the load tests', () => {
  const world = drawWorld({ people: 10_000 });
  const contacts = countContacts(world).sort((a, b) => a - b);

  it('has mixi’s contacts: half have four or fewer, 45.6 on average, hubs above a thousand', () => {
    expect(contacts[5_000]).toBeLessThanOrEqual(4);
    const mean = contacts.reduce((sum, one) => sum + one, 0) / contacts.length;
    expect(mean).toBeGreaterThan(41);
    expect(mean).toBeLessThan(50);
    expect(contacts.at(-1)).toBeGreaterThan(1_000);
  });

  it('keeps the limits of the contract', () => {
    expect(Math.max(...world.people.map(({ circles }) => circles.length))).toBeLessThanOrEqual(CIRCLES_PER_PERSON_MAX);
    expect(Math.max(...world.circles.map(({ members }) => members.length))).toBeLessThanOrEqual(CIRCLE_MEMBERS_MAX);
    expect(world.circles.every(({ members }) => new Set(members).size === members.length)).toBe(true);
    expect(world.people.every(({ circles }) => circles.length > 0)).toBe(true);
  });

  it('has a third of the people away', () => {
    expect(world.people.filter(({ isAway }) => isAway).length / 10_000).toBeCloseTo(0.3, 1);
  });

  it('is the same for the same seed', () => {
    expect(drawWorld({ people: 50, seed: 7 })).toEqual(drawWorld({ people: 50, seed: 7 }));
    expect(drawWorld({ people: 50, seed: 7 })).not.toEqual(drawWorld({ people: 50, seed: 8 }));
  });
});

describe('the statuses of the load tests', () => {
  it('are mostly OK, rarely help, and carry notes up to the longest that is allowed', () => {
    const random = createRandom(1);
    const statuses = Array.from({ length: 5_000 }, () => writeStatus(['a', 'b'], Date.UTC(2026, 2, 11), random));
    const share = (condition: string) => statuses.filter((status) => status.condition === condition).length / 5_000;
    expect(share('ok')).toBeCloseTo(0.93, 1);
    expect(share('help')).toBeGreaterThan(0.004);
    expect(share('help')).toBeLessThan(0.02);
    const lengths = statuses.map(({ note = '' }) => [...note].length);
    expect(Math.min(...lengths)).toBe(0);
    expect(Math.max(...lengths)).toBe(NOTE_MAX);
    expect(statuses.some(({ circles }) => circles?.length === 1)).toBe(true);
  });

  it('have an id that tells when they were meant to be sent', () => {
    const at = Date.parse('2026-03-11T05:46:18.123Z');
    const { id } = writeStatus(['a'], at, createRandom(1));
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at);
  });
});

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

  it('has its phases end to end', () => {
    expect(phasesOf(profile.stages)).toEqual([
      { name: 'calm', from: 0, to: 10 },
      { name: 'rise', from: 10, to: 15 },
      { name: 'peak', from: 15, to: 46 },
      { name: 'fall', from: 46, to: 51 },
      { name: 'after', from: 51, to: 87 },
    ]);
  });

  it('refuses what is no figure', () => {
    expect(() => readProfile('spike', { BASE_RATE: 'fast' })).toThrow('BASE_RATE must be a number');
    expect(() => readProfile('soak', { DURATION: 'long' })).toThrow('DURATION must be a time');
  });
});
