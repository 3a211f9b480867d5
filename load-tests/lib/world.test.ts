import { describe, expect, it } from 'vitest';
import { CIRCLE_MEMBERS_MAX, CIRCLES_PER_PERSON_MAX } from '../../src/contract/limits.ts';
import { countContacts, drawWorld } from './world.ts';

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
