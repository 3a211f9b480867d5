import type { Percentiles } from '../instruments/histogram.ts';
import type { Results } from '../verdict/results.ts';
import { busiest, type Finding, type Verdict } from '../verdict/verdict.ts';

/** The verdict for a terminal and for a log that somebody reads tomorrow. */
export function writeText(results: Results, verdict: Verdict): string {
  const { world, k6, phases, faults, storms, push } = results;
  const lines = [
    '',
    `${results.name}${results.given.length > 0 ? ` ${results.given.join(' ')}` : ''}`,
    `  world      ${world.people} people, ${world.circles} circles, ${world.sockets} sockets, ${world.away} away; ${world.meanContacts.toFixed(1)} contacts on average, ${world.largestContacts} at most`,
    `  posts      ${k6.acknowledged} acknowledged, ${k6.givenUp} given up, ${k6.unconfirmed} requests sent again, ${k6.dropped} dropped by k6`,
    '',
    '  phase      posts/s    deliveries/s   accept p99   delivery p50 / p99   last of circle p99   help p99',
    ...phases.map((phase) => describePhase(results, phase)),
    '',
    ...faults.map(
      ({ what, recoverySeconds }) =>
        `  ${what}: ${recoverySeconds === null ? 'not recovered' : `recovered after ${recoverySeconds.toFixed(1)} s`}`,
    ),
    ...storms.map(({ seconds, resync }) => `  all sockets cut: all back after ${seconds} s (half after ${ms(resync, 'p50')})`),
    ...(push
      ? [
          `  pushes     ${push.pushes} to ${push.phones} phones, at most ${push.mostPerPhone} to one; ${push.opened} opened and read`,
        ]
      : []),
    `  generator  ${describeGenerator(results)}`,
    '',
    ...verdict.findings.map(describeFinding),
    ...examplesOf(results),
    ...overtakenNote(results).map((line) => `  ${line}`),
    ...verdict.notes.map((note) => `  ${note}`),
    '',
    `  ${verdict.outcome.toUpperCase()}`,
    '',
  ];
  return lines.join('\n');
}

function describeFinding({ isMet, what, got, limit, unit }: Finding): string {
  return `  ${isMet ? '✓' : '✗'} ${what}: ${format(got)}${unit && ` ${unit}`}${limit > 0 || unit ? ` (at most ${format(limit)})` : ''}`;
}

/** What late statuses were spared: told, for it is work that the service did not do. */
export function overtakenNote({ ledger, sample }: Results): string[] {
  const count = (ledger?.overtaken.length ?? 0) + (sample?.overtaken.length ?? 0);
  if (count === 0) return [];
  return [
    `${count} times a late status went to the history only, because its author's newer one was there (each was late, and was read there).`,
  ];
}

/** What is missing or twice, by id: where a search begins. */
export function examplesOf({ ledger, sample, boards }: Results): string[] {
  return [
    ...(ledger?.lostExamples ?? []).map((line) => `    lost: ${line}`),
    ...(sample?.lostExamples ?? []).map((line) => `    lost (k6): ${line}`),
    ...boards.examples.map((line) => `    ${line}`),
    ...(ledger?.examples ?? []).map((line) => `    ${line}`),
  ].slice(0, 20);
}

export function format(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function describePhase(results: Results, phase: Results['phases'][number]): string {
  const seconds = (phase.to - phase.from) / 1_000;
  const posted = results.acceptedPerSecond.filter(({ at }) => at + 500 >= phase.from && at + 500 < phase.to);
  const posts = posted.reduce((sum, { count }) => sum + count, 0) / seconds;
  const cells = [
    phase.name.padEnd(10),
    format(Math.round(posts)).padStart(7),
    format(Math.round(phase.deliveries / seconds)).padStart(15),
    `${format(phase.acceptP99Ms)} ms`.padStart(13),
    `${ms(phase.each, 'p50')} / ${ms(phase.each, 'p99')}`.padStart(21),
    ms(phase.last, 'p99').padStart(20),
    ms(phase.help, 'p99').padStart(11),
  ];
  return `  ${cells.join('')}`;
}

/** How busy those were who measure: the busiest five seconds. */
export function describeGenerator({ k6, readings }: Results): string {
  const percent = (values: number[]) => `${Math.round(100 * busiest(values))} %`;
  const cores = busiest(readings.map(({ cpu }) => cpu['k6'] ?? 0)).toFixed(2);
  const late = k6.dropped > 0 ? '' : `, ${format(k6.lateP99Ms)} ms behind its schedule (p99)`;
  const sink = percent(readings.map(({ sinkLoop }) => sinkLoop));
  return `k6 used ${cores} cores${late}; sink busy ${sink}; machine ${percent(readings.map(({ machineCpu }) => machineCpu || 0))} (the busiest five seconds)`;
}

function ms(percentiles: Percentiles, key: 'p50' | 'p99'): string {
  return percentiles.count === 0 ? '–' : `${format(percentiles[key])} ms`;
}
