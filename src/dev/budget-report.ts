/** One figure of what the phone app costs, beside what it may cost. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The most that it may be; left out: it is told for comparison alone. */
  limit?: number;
}

/** The figures as a table, and whether each keeps to its limit. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, limit }) => [
    name,
    `${format(value)} ${unit}`,
    limit === undefined ? '' : `≤ ${format(limit)}`,
    limit === undefined ? '' : value <= limit ? 'met' : 'NOT MET',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name = '', value = '', limit = '', verdict = '']) =>
      [name.padEnd(widths[0] ?? 0), value.padStart(widths[1] ?? 0), limit.padStart(widths[2] ?? 0), verdict].join('  ').trimEnd(),
    )
    .join('\n');
}

/** Whether every figure with a limit keeps to it. A figure that could not be measured does not. */
export function areMet(figures: readonly Figure[]): boolean {
  return figures.every(({ value, limit }) => limit === undefined || value <= limit);
}

/** What a phone needs when nothing else is in its way; no number where nothing was measured. */
export function fastest(values: readonly number[]): number {
  return values.length > 0 ? Math.min(...values) : Number.NaN;
}

function format(value: number): string {
  return Number.isInteger(value) || value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}
