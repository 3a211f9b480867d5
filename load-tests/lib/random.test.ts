import { expect, it } from 'vitest';
import { createRandom, pickWeighted } from './random.ts';

const drawn = (seed: number) => Array.from({ length: 1_000 }, createRandom(seed));

it('is the same for the same seed, from 0 until below 1, and even', () => {
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
  expect(drawn(1).every((one) => one >= 0 && one < 1)).toBe(true);
  expect(drawn(1).filter((one) => one < 0.25).length / 1_000).toBeCloseTo(0.25, 1);
});

it('picks each value as often as its weight says, the last one where rounding leaves a rest', () => {
  const weighted = [
    ['often', 3],
    ['never', 0],
    ['once', 1],
  ] as const;
  const random = createRandom(7);
  const picks = Array.from({ length: 1_000 }, () => pickWeighted(weighted, random));
  expect(picks.filter((pick) => pick === 'often').length / 1_000).toBeCloseTo(0.75, 1);
  expect(picks).not.toContain('never');
  expect(pickWeighted(weighted, () => 1)).toBe('once');
  expect(() => pickWeighted([], random)).toThrow('nothing to pick from');
});
