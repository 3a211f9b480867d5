import { describe, expect, it } from 'vitest';
import { areMet, fastest, formatFigures } from './budget-report.ts';

const bytes = { name: 'first load', value: 21_345, unit: 'bytes', limit: 30_000 };
const heap = { name: 'heap', value: 12.34, unit: 'MB', limit: 10 };
const aside = { name: 'the same, slower', value: 999, unit: 'ms' };

describe('formatFigures', () => {
  it('puts each figure beside its limit', () => {
    expect(formatFigures([bytes, heap, aside]).split('\n')).toEqual([
      'first load        21,345 bytes  ≤ 30,000  met',
      'heap                   12.3 MB      ≤ 10  NOT MET',
      'the same, slower        999 ms',
    ]);
  });
});

describe('areMet', () => {
  it('is so when every limit is kept, and not where a figure is missing', () => {
    expect(areMet([bytes, aside])).toBe(true);
    expect(areMet([{ ...bytes, value: 30_000 }])).toBe(true);
    expect(areMet([bytes, heap])).toBe(false);
    expect(areMet([{ ...bytes, value: fastest([]) }])).toBe(false);
  });
});

describe('fastest', () => {
  it('is the smallest, and no number without a run', () => {
    expect(fastest([9, 1, 5])).toBe(1);
    expect(fastest([])).toBeNaN();
  });
});
