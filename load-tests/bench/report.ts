import { mkdirSync, writeFileSync } from 'node:fs';
import type { Round } from './round.ts';

export const REPORTS_FOLDER = '.reports';

/** The rows of the table: what it is, how many digits. */
const ROWS = [
  ['posts/s at the knee', 'kneePostsPerSecond', 0],
  ['CPU-s per 1,000 posts', 'cpuPer1000Posts', 3],
  ['CPU-s per million deliveries', 'cpuPerMillionDeliveries', 2],
  ['p50 ms at 1,000/s', 'p50At1000', 2],
  ['p50 ms at 1×', 'p50AtOne', 2],
  ['p99 ms at 1×', 'p99AtOne', 2],
  ['p50 ms at 8×', 'p50AtEight', 2],
  ['p99 ms at 8×', 'p99AtEight', 2],
  ['p99 at 8× ÷ p99 at 1×', 'p99Growth', 2],
  ['drain ms after 8×', 'drainMs', 0],
  ['MiB per 1,000 sockets', 'mibPer1000Sockets', 1],
  ['deliveries lost', 'lost', 0],
  ['deliveries twice', 'doubled', 0],
  ['generator busy at the knee', 'generatorBusy', 2],
] as const;

/** Medians with ranges by contender, and Buji's median against each of the others; every table names its workload. */
export function makeTable(rounds: Round[]): string {
  const workloads = [...new Set(rounds.map(({ workload }) => workload))];
  return workloads
    .map((workload) =>
      tableOf(
        workload,
        rounds.filter((round) => round.workload === workload),
      ),
    )
    .join('\n\n');
}

function tableOf(workload: string, rounds: Round[]): string {
  const names = [...new Set(rounds.map(({ contender }) => contender))];
  const valuesOf = (name: string, field: (typeof ROWS)[number][1]) =>
    rounds.filter(({ contender }) => contender === name).map((round) => round[field]);
  const lines = ROWS.map(([label, field, digits]) => [
    label,
    ...names.map((name) => {
      const values = valuesOf(name, field);
      const text = median(values).toFixed(digits);
      return values.length > 1 ? `${text} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})` : text;
    }),
  ]);
  const rivals = names.filter((name) => name !== 'buji');
  const ratios = names.includes('buji')
    ? ROWS.slice(0, 11).map(([label, field]) => [
        `${label}, Buji ÷ rival`,
        ...names.map((name) =>
          rivals.includes(name) ? divide(median(valuesOf('buji', field)), median(valuesOf(name, field))) : '',
        ),
      ])
    : [];
  const roles = names.map((name) => {
    const last = rounds.filter(({ contender }) => contender === name).at(-1);
    const shares = Object.entries(last?.cpuShares ?? {}).map(([role, value]) => `${role} ${value.toFixed(3)}`);
    return `${name}: ${shares.join(', ')}`;
  });
  const memory = names.map((name) => {
    const last = rounds.filter(({ contender }) => contender === name).at(-1);
    const shares = Object.entries(last?.mibShares ?? {}).map(([role, value]) => `${role} ${value.toFixed(1)}`);
    return `${name}: ${shares.join(', ')}`;
  });
  const count = rounds.length / Math.max(1, names.length);
  return [
    `${workload}: medians of ${count} interleaved round(s), with their range`,
    layOutColumns([['', ...names], ...lines, ...ratios]),
    'CPU-s per 1,000 posts by process, last round:',
    ...roles,
    'MiB per 1,000 sockets by process, last round:',
    ...memory,
  ].join('\n');
}

/** Writes JSON and text; git does not keep them. @returns where */
export function writeReport(name: string, data: object, text: string): string {
  mkdirSync(REPORTS_FOLDER, { recursive: true });
  writeFileSync(`${REPORTS_FOLDER}/${name}.json`, `${JSON.stringify(data, null, 1)}\n`);
  writeFileSync(`${REPORTS_FOLDER}/${name}.txt`, `${text}\n`);
  return `${REPORTS_FOLDER}/${name}.txt`;
}

export function layOutColumns(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function divide(a: number, b: number): string {
  return b === 0 ? '–' : (a / b).toFixed(2);
}
