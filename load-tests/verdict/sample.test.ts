import { describe, expect, it } from 'vitest';
import { judgeSample } from './sample.ts';

const ID = (index: number) => `01900000-0000-7000-8000-00000000000${index}`;
const receipt = (index: number) => ({
  id: ID(index),
  author: 'mother',
  writtenAt: `2026-03-11T05:52:0${index}.000Z`,
  acceptedAt: `2026-03-11T05:52:0${index}.000Z`,
  circles: ['family'],
});

describe('the sockets that k6 holds', () => {
  const sample = [{ id: 'father', token: '', circles: ['family'] }];

  it('are held against the receipts by what k6 noted', () => {
    const lines = [`seen father family ${ID(1)} ${ID(2)}`, 'started 1'];
    expect(judgeSample(lines, sample, [receipt(1), receipt(2)])).toMatchObject({ expected: 2, lost: 0, repeated: 0 });
    expect(judgeSample(lines, sample, [receipt(1), receipt(2), receipt(3)]).lostExamples).toEqual([
      `${ID(3)} in family to father`,
    ]);
    expect(judgeSample([...lines, ...lines], sample, [receipt(1)]).repeated).toBe(2);
    const board = `board father family mother ${ID(3)} 2026-03-11T05:52:03.000Z 2026-03-11T05:52:03.000Z`;
    expect(judgeSample([board], sample, [receipt(1), receipt(3)]).lost).toBe(0);
    const strangers = [`stranger father class board`, `stranger father class member`];
    expect(judgeSample([...lines, ...strangers], sample, [receipt(1)])).toMatchObject({ strangers: 2, lost: 0 });
  });
});
