import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../load-tests/bench/generator/arrivals.ts';
import { countDeliveries } from '../../load-tests/bench/generator/delivery-count.ts';
import { choosePost } from '../../load-tests/bench/lib/world.ts';
import type { Round } from '../../load-tests/bench/round.ts';
import { exitCodeOf, judge, judgeNone, judgeRounds, tellVerdict, withoutVerdict } from '../../load-tests/bench/verdict.ts';

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

  it('holds for every member of a large circle, and for numbers that come late', () => {
    const large = { groups: 2, circlesEach: 3, members: 46 };
    const arrivals = new Arrivals(large);
    const sequence = 200_001;
    for (let person = 0; person < 92; person++) arrivals.add(sequence, person);
    expect(arrivals.cameTo(sequence)).toBe(46);
    expect(arrivals.strangers).toBe(46);
    expect([arrivals.cameTo(sequence - 1), arrivals.cameTo(sequence + 1)]).toEqual([0, 0]);
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

describe('choosePost', () => {
  it('goes round as many groups as post, spread among all that are stored', () => {
    const shape = { groups: 10, circlesEach: 1, members: 2, activeGroups: 3 };
    const circles = [0, 1, 2, 3, 4].map((index) => choosePost(shape, index).circle);
    expect(circles).toEqual([0, 3, 6, 0, 3]);
    expect([0, 3, 6].map((index) => choosePost(shape, index).member)).toEqual([0, 1, 0]);
  });
});

describe('the verdict of the bench', () => {
  const round = (contender: string, workload: Round['workload'], figures: Partial<Round>) =>
    ({
      contender,
      workload,
      kneePostsPerSecond: 1,
      p50At1000: 1,
      cpuPerMillionDeliveries: 1,
      p99Growth: 1,
      p99AtEight: 1,
      lost: 0,
      doubled: 0,
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
    const lines = tellVerdict(judgeRounds(rounds)).split('\n');
    const lineOf = (what: string) => lines.find((line) => line.startsWith(what));
    expect(lineOf('posts/s at the knee, busy, Buji ÷ naive')).toMatch(/≥ 4 +4\.10 +met$/);
    expect(lineOf('posts/s at the knee, busy, Buji ÷ nchan')).toMatch(/≥ 1\.5 +1\.37 +NOT met$/);
    expect(lineOf('p50 delivery at 1,000 posts/s, busy')).toMatch(/≤ 3 +3\.33 +NOT met$/);
    expect(lineOf('p99 at 8× ÷ p99 at 1×, busy')).toMatch(/5\.50 +met$/);
    expect(lineOf('posts/s at the knee, quiet')).toBeUndefined();
  });

  it('says nothing without Buji', () => {
    expect(judgeRounds([round('naive', 'quiet', {})])).toEqual([]);
  });

  it('ends with 0 where all is met, with 1 where something is not, and with 2 where nothing can be said of something', () => {
    const met = judge('memory', 19.9, '≤', 20, 'MiB', 1);
    const none = withoutVerdict(judge('sockets', 19_872, '≥', 20_000), 'too few files');
    expect(met).toMatchObject({ is: '19.9 MiB', mustBe: '≤ 20 MiB', outcome: 'met' });
    expect(exitCodeOf([met, judgeNone('lost', 0)])).toBe(0);
    expect(exitCodeOf([met, none, judgeNone('lost', 1)])).toBe(1);
    expect(exitCodeOf([met, none])).toBe(2);
    expect(judge('a ratio to nothing', Number.NaN, '≥', 2).outcome).toBe('no verdict');
    expect(tellVerdict([none])).toContain('no verdict: too few files');
  });
});
