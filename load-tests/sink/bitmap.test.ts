import { expect, it } from 'vitest';
import { Bitmap } from './bitmap.ts';

it('has what was added, says what was in already, and grows', () => {
  const bitmap = new Bitmap();
  const added = [0, 7, 8, 63, 64, 5_000];
  expect(added.map((index) => bitmap.add(index))).toEqual(added.map(() => true));
  expect(added.map((index) => bitmap.add(index))).toEqual(added.map(() => false));
  expect(Array.from({ length: 6_000 }, (_, index) => index).filter((index) => bitmap.has(index))).toEqual(added);
});
