import { describe, expect, it } from 'vitest';
import { choosePost } from './world.ts';

describe('choosePost', () => {
  it('goes round as many groups as post, spread among all that are stored', () => {
    const shape = { groups: 10, circlesEach: 1, members: 2, activeGroups: 3 };
    const circles = [0, 1, 2, 3, 4].map((index) => choosePost(shape, index).circle);
    expect(circles).toEqual([0, 3, 6, 0, 3]);
    expect([0, 3, 6].map((index) => choosePost(shape, index).member)).toEqual([0, 1, 0]);
  });
});
