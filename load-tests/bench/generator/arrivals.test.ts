import { expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';

it('holds for every member of a large circle, and for numbers that come late', () => {
  const large = { groups: 2, circlesEach: 3, members: 46 };
  const arrivals = new Arrivals(large);
  const sequence = 200_001;
  for (let person = 0; person < 92; person++) arrivals.add(sequence, person);
  expect(arrivals.cameTo(sequence)).toBe(46);
  expect(arrivals.strangers).toBe(46);
  expect([arrivals.cameTo(sequence - 1), arrivals.cameTo(sequence + 1)]).toEqual([0, 0]);
});
