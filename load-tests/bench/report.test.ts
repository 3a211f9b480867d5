import { expect, it } from 'vitest';
import { layOutColumns, makeTable, median } from './report.ts';
import type { Round } from './round.ts';

it('takes the middle, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([10, 9, 1, 5])).toBe(7);
});

it('lays out columns as wide as their widest cell, and leaves no space at the end', () => {
  expect(
    layOutColumns([
      ['a', 'rate'],
      ['long', '1'],
    ]),
  ).toBe('a     rate\nlong  1');
});

it('tells medians with their range, and Buji against the others, workload by workload', () => {
  const round = (contender: string, workload: Round['workload'], knee: number) =>
    ({ contender, workload, kneePostsPerSecond: knee, cpuShares: { web: 0.25 } }) as unknown as Round;
  const figures = new Proxy({}, { get: () => 0 });
  const rounds = [
    round('buji', 'busy', 3_000),
    round('buji', 'busy', 5_000),
    round('naive', 'busy', 1_000),
    round('naive', 'busy', 1_000),
    round('buji', 'quiet', 2_000),
  ].map((one) => Object.setPrototypeOf(one, figures) as Round);
  const [busy = '', quiet = ''] = makeTable(rounds).split('\n\n');
  expect(busy).toMatch(/^busy: medians of 2 interleaved/);
  expect(busy).toMatch(/^posts\/s at the knee +4000 \(3000–5000\) +1000 \(1000–1000\)$/m);
  expect(busy).toMatch(/^posts\/s at the knee, Buji ÷ rival +4\.00$/m);
  expect(busy).toContain('buji: web 0.250');
  expect(quiet).toMatch(/^posts\/s at the knee +2000$/m);
});
