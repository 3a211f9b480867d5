import { expect, it } from 'vitest';
import { FOOTPRINTS_MAX } from '../../contract/limits.ts';
import { chooseSeen } from './seen-rows.ts';

const row = (status: string, top: number) => ({ status, top, bottom: top + 60 });

it('chooses what stands whole on the screen and is new', () => {
  const rows = [row('above', -10), row('first', 0), row('known', 100), row('last', 580), row('below', 590), row('far', 900)];
  expect(chooseSeen(rows, 640, new Set(['known']))).toEqual(['first', 'last']);
});

it('chooses no more than one report takes', () => {
  const rows = Array.from({ length: FOOTPRINTS_MAX + 5 }, (_, index) => row(String(index), index));
  expect(chooseSeen(rows, 640, new Set())).toHaveLength(FOOTPRINTS_MAX);
  expect(chooseSeen(rows, 640, new Set(rows.slice(0, FOOTPRINTS_MAX).map(({ status }) => status)))).toHaveLength(5);
});
