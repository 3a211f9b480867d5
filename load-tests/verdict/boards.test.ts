import { describe, expect, it } from 'vitest';
import { findWrongRows, newestByCircle } from './boards.ts';

const ID = (index: number) => `01900000-0000-7000-8000-00000000000${index}`;
const receipt = (index: number, second = index) => ({
  id: ID(index),
  author: 'mother',
  writtenAt: `2026-03-11T05:52:0${second}.000Z`,
  acceptedAt: `2026-03-11T05:52:0${second}.000Z`,
  circles: ['family'],
});

describe('boards after a load test', () => {
  const newest = newestByCircle([receipt(2), receipt(1), receipt(3, 0)]).get('family') ?? new Map();
  const board = (shown: ReturnType<typeof receipt> | null) =>
    ({ circle: { id: 'family' }, members: [{ member: { id: 'mother' }, status: shown }] }) as unknown as Parameters<
      typeof findWrongRows
    >[0];

  it('must show the newest of each author, or a newer one that was not confirmed', () => {
    expect(findWrongRows(board(receipt(2)), newest)).toEqual([]);
    expect(findWrongRows(board(receipt(4)), newest)).toEqual([]);
    expect(findWrongRows(board(receipt(1)), newest)).toEqual([`board of family has ${ID(1)} of mother, not ${ID(2)}`]);
    expect(findWrongRows(board(null), newest)).toHaveLength(1);
  });
});
