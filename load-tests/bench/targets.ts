import { layOutColumns, median } from './report.ts';
import type { Round } from './round.ts';

type Figure = 'kneePostsPerSecond' | 'p50At1000' | 'cpuPerMillionDeliveries';
type Workload = Round['workload'];

/** Rows of the table of targets that a comparison answers: Buji's median by a rival's, or by nobody's. */
const RATIOS: readonly [what: string, figure: Figure, rival: string, workload: Workload, sign: '≥' | '≤', limit: number][] = [
  ['posts/s at the knee', 'kneePostsPerSecond', 'naive', 'quiet', '≥', 2],
  ['posts/s at the knee', 'kneePostsPerSecond', 'socket.io', 'quiet', '≥', 2],
  ['posts/s at the knee', 'kneePostsPerSecond', 'naive', 'busy', '≥', 4],
  ['posts/s at the knee', 'kneePostsPerSecond', 'socket.io', 'busy', '≥', 4],
  ['posts/s at the knee', 'kneePostsPerSecond', 'nchan', 'quiet', '≥', 0.6],
  ['posts/s at the knee', 'kneePostsPerSecond', 'nchan', 'busy', '≥', 1.5],
  ['p50 delivery at 1,000 posts/s', 'p50At1000', 'nchan', 'quiet', '≤', 3],
  ['p50 delivery at 1,000 posts/s', 'p50At1000', 'nchan', 'busy', '≤', 3],
  ['CPU per million deliveries', 'cpuPerMillionDeliveries', 'floor', 'quiet', '≤', 3],
];
const P99_GROWTH_MAX = 6;
const P99_AT_EIGHT_MAX_MS = 250;

/** Every target that these rounds have a figure for, with the figure and whether it was met. Empty without Buji. */
export function judgeTargets(rounds: readonly Round[]): string {
  const of = (contender: string, workload: Workload) =>
    rounds.filter((round) => round.contender === contender && round.workload === workload);
  const medianOf = (found: readonly Round[], figure: Figure | 'p99Growth' | 'p99AtEight') =>
    median(found.map((round) => round[figure]));
  const ratios = RATIOS.flatMap(([what, figure, rival, workload, sign, limit]) => {
    const [own, other] = [of('buji', workload), of(rival, workload)];
    if (own.length === 0 || other.length === 0) return [];
    const ratio = medianOf(own, figure) / medianOf(other, figure);
    const isMet = sign === '≥' ? ratio >= limit : ratio <= limit;
    return [[`${what}, ${workload}, Buji ÷ ${rival}`, `${sign} ${limit}`, ratio.toFixed(2), isMet ? 'met' : 'NOT met']];
  });
  const own = (['quiet', 'busy'] as const).flatMap((workload) => {
    const found = of('buji', workload);
    if (found.length === 0) return [];
    const growth = medianOf(found, 'p99Growth');
    const p99 = medianOf(found, 'p99AtEight');
    return [
      [
        `p99 at 8× ÷ p99 at 1×, ${workload}`,
        `≤ ${P99_GROWTH_MAX}`,
        growth.toFixed(2),
        growth <= P99_GROWTH_MAX ? 'met' : 'NOT met',
      ],
      [`p99 ms at 8×, ${workload}`, `< ${P99_AT_EIGHT_MAX_MS}`, p99.toFixed(1), p99 < P99_AT_EIGHT_MAX_MS ? 'met' : 'NOT met'],
    ];
  });
  const rows = [...ratios, ...own];
  return rows.length === 0 ? '' : layOutColumns([['target', 'must be', 'is', ''], ...rows]);
}
