import { describe, expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { countDeliveries } from './delivery-count.ts';

describe('what the bench counts as delivered', () => {
  /** One circle of two who post by turns: 0, 2, 4 are the first one's. */
  const shape = { groups: 1, circlesEach: 1, members: 2 };
  const count = (came: number[], options: { forgivesOvertaken?: boolean; helpEvery?: number; unconfirmed?: number[] } = {}) => {
    const arrivals = new Arrivals(shape);
    came.forEach((sockets, sequence) => {
      for (let socket = 0; socket < sockets; socket++) arrivals.add(sequence, socket);
    });
    return countDeliveries(shape, { first: 0, posts: came.length, ...options }, arrivals);
  };

  it('is every post at every member, once', () => {
    expect(count([2, 2, 2])).toEqual({ lost: 0, doubled: 0, overtaken: 0 });
    expect(count([2, 1, 2])).toEqual({ lost: 1, doubled: 0, overtaken: 0 });
    expect(count([0, 2, 2])).toEqual({ lost: 2, doubled: 0, overtaken: 0 });
  });

  it('is counted by socket: what one has twice does not make up for what another lacks', () => {
    const arrivals = new Arrivals(shape);
    expect([arrivals.add(0, 1), arrivals.add(0, 1)]).toEqual([true, false]);
    expect(countDeliveries(shape, { first: 0, posts: 1 }, arrivals)).toEqual({ lost: 1, doubled: 1, overtaken: 0 });
  });

  it('asks nothing of what was not confirmed, but that it does not come twice', () => {
    expect(count([0, 2, 1], { unconfirmed: [0, 2] })).toEqual({ lost: 0, doubled: 0, overtaken: 0 });
    expect(count([0, 1, 2], { unconfirmed: [0, 2] })).toMatchObject({ lost: 1 });
  });

  it('forgives what nobody had for the sake of a newer one of the same person that everybody had, and nothing else', () => {
    const forgivesOvertaken = true;
    expect(count([0, 2, 2], { forgivesOvertaken })).toEqual({ lost: 0, doubled: 0, overtaken: 1 });
    expect(count([1, 2, 2], { forgivesOvertaken })).toMatchObject({ lost: 1, overtaken: 0 });
    expect(count([0, 2, 1], { forgivesOvertaken })).toMatchObject({ lost: 3, overtaken: 0 });
    expect(count([2, 2, 0], { forgivesOvertaken })).toMatchObject({ lost: 2, overtaken: 0 });
    expect(count([0, 2, 2], { forgivesOvertaken, helpEvery: 2 })).toMatchObject({ lost: 2, overtaken: 0 });
  });
});
