import { describe, expect, it } from 'vitest';
import type { Round } from './round.ts';
import { exitCodeOf, judge, judgeNone, judgeRounds, tellVerdict, withoutVerdict } from './verdict.ts';

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
