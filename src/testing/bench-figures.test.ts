import { describe, expect, it } from 'vitest';
import { countDeliveries } from '../../load-tests/bench/generator/delivery-count.ts';
import { choosePost } from '../../load-tests/bench/lib/world.ts';
import type { Round } from '../../load-tests/bench/round.ts';
import { judgeTargets } from '../../load-tests/bench/targets.ts';

describe('what the bench counts as delivered', () => {
  /** One circle of two who post by turns: 0, 2, 4 are the first one's. */
  const shape = { groups: 1, circlesEach: 1, members: 2 };
  const count = (came: number[], options: { forgivesOvertaken?: boolean; helpEvery?: number } = {}) =>
    countDeliveries(shape, { first: 0, posts: came.length, ...options }, (sequence) => came[sequence] ?? 0);

  it('is every post at every member, once', () => {
    expect(count([2, 2, 2])).toEqual({ lost: 0, doubled: 0, overtaken: 0 });
    expect(count([2, 1, 3])).toEqual({ lost: 1, doubled: 1, overtaken: 0 });
    expect(count([0, 2, 2])).toEqual({ lost: 2, doubled: 0, overtaken: 0 });
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

describe('choosePost', () => {
  it('goes round as many groups as post, spread among all that are stored', () => {
    const shape = { groups: 10, circlesEach: 1, members: 2, activeGroups: 3 };
    const circles = [0, 1, 2, 3, 4].map((index) => choosePost(shape, index).circle);
    expect(circles).toEqual([0, 3, 6, 0, 3]);
    expect([0, 3, 6].map((index) => choosePost(shape, index).member)).toEqual([0, 1, 0]);
  });
});

describe('judgeTargets', () => {
  const round = (contender: string, workload: Round['workload'], figures: Partial<Round>) =>
    ({
      contender,
      workload,
      kneePostsPerSecond: 1,
      p50At1000: 1,
      cpuPerMillionDeliveries: 1,
      p99Growth: 1,
      p99AtEight: 1,
      ...figures,
    }) as Round;

  it('holds each ratio against its limit, by the median of the rounds', () => {
    const rounds = [
      round('buji', 'busy', { kneePostsPerSecond: 3_900, p99Growth: 7 }),
      round('buji', 'busy', { kneePostsPerSecond: 4_100, p99Growth: 5 }),
      round('buji', 'busy', { kneePostsPerSecond: 9_000, p99Growth: 5.5 }),
      round('naive', 'busy', { kneePostsPerSecond: 1_000 }),
      round('nchan', 'busy', { kneePostsPerSecond: 3_000, p50At1000: 0.3 }),
    ];
    const lines = judgeTargets(rounds).split('\n');
    const lineOf = (what: string) => lines.find((line) => line.startsWith(what));
    expect(lineOf('posts/s at the knee, busy, Buji ÷ naive')).toMatch(/≥ 4 +4\.10 +met$/);
    expect(lineOf('posts/s at the knee, busy, Buji ÷ nchan')).toMatch(/≥ 1\.5 +1\.37 +NOT met$/);
    expect(lineOf('p50 delivery at 1,000 posts/s, busy')).toMatch(/≤ 3 +3\.33 +NOT met$/);
    expect(lineOf('p99 at 8× ÷ p99 at 1×, busy')).toMatch(/5\.50 +met$/);
    expect(lineOf('posts/s at the knee, quiet')).toBeUndefined();
  });

  it('says nothing without Buji', () => {
    expect(judgeTargets([round('naive', 'quiet', {})])).toBe('');
  });
});
