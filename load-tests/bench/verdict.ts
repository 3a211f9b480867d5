import { layOutColumns, median } from './report.ts';
import type { Round } from './round.ts';
import { type Figure, RATIO_TARGETS, TARGETS } from './targets.ts';

/** One target beside its value. "no verdict": it could not be measured here, and `why` says what was in the way. */
export interface Judged {
  what: string;
  mustBe: string;
  is: string;
  outcome: 'met' | 'NOT met' | 'no verdict';
  why?: string;
}

/** Holds a value against its limit. */
export function judge(what: string, value: number, sign: '≥' | '≤' | '<', limit: number, unit = '', digits = 2): Judged {
  const isMet = sign === '≥' ? value >= limit : sign === '≤' ? value <= limit : value < limit;
  const end = unit && ` ${unit}`;
  const outcome = Number.isFinite(value) ? (isMet ? 'met' : 'NOT met') : 'no verdict';
  const why = Number.isFinite(value) ? {} : { why: 'there is no figure' };
  return { what, mustBe: `${sign} ${limit.toLocaleString('en')}${end}`, is: `${value.toFixed(digits)}${end}`, outcome, ...why };
}

/** A count that must be zero. */
export function judgeNone(what: string, count: number): Judged {
  return { what, mustBe: '0', is: `${count}`, outcome: count === 0 ? 'met' : 'NOT met' };
}

/** The same line where nothing can be said. */
export function withoutVerdict(judged: Judged, why: string): Judged {
  return { ...judged, outcome: 'no verdict', why };
}

/** Targets beside values as a table, each with its verdict, and why there is none. */
export function tellVerdict(lines: readonly Judged[]): string {
  const rows = lines.map(({ what, mustBe, is, outcome, why }) => [what, mustBe, is, why ? `${outcome}: ${why}` : outcome]);
  return layOutColumns([['target', 'must be', 'is', ''], ...rows]);
}

/** 0: all are met; 1: one is not; 2: none failed, and of one nothing can be said. */
export function exitCodeOf(lines: readonly Judged[]): number {
  if (lines.some(({ outcome }) => outcome === 'NOT met')) return 1;
  return lines.some(({ outcome }) => outcome === 'no verdict') ? 2 : 0;
}

/** Every target that these rounds have a figure for. Empty without Buji. */
export function judgeRounds(rounds: readonly Round[]): Judged[] {
  const of = (contender: string, workload: Round['workload']) =>
    rounds.filter((round) => round.contender === contender && round.workload === workload);
  const medianOf = (found: readonly Round[], figure: Figure) => median(found.map((round) => round[figure]));
  const ratios = RATIO_TARGETS.flatMap(({ what, figure, rival, workload, sign, limit }) => {
    const [own, other] = [of('buji', workload), of(rival, workload)];
    if (own.length === 0 || other.length === 0) return [];
    return [judge(`${what}, ${workload}, Buji ÷ ${rival}`, medianOf(own, figure) / medianOf(other, figure), sign, limit)];
  });
  const alone = (['quiet', 'busy'] as const).flatMap((workload) => {
    const found = of('buji', workload);
    if (found.length === 0) return [];
    return [
      judge(`p99 at 8× ÷ p99 at 1×, ${workload}`, medianOf(found, 'p99Growth'), '≤', TARGETS.p99GrowthMax),
      judge(`p99 delivery at 8×, ${workload}`, medianOf(found, 'p99AtEight'), '<', TARGETS.p99AtEightBelowMs, 'ms', 1),
      judgeNone(`deliveries lost in any step, ${workload}`, sumOf(found, 'lost')),
      judgeNone(`deliveries that came twice in any step, ${workload}`, sumOf(found, 'doubled')),
    ];
  });
  return [...ratios, ...alone];
}

function sumOf(rounds: readonly Round[], figure: 'lost' | 'doubled'): number {
  return rounds.reduce((sum, round) => sum + round[figure], 0);
}
