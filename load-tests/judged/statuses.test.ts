import { describe, expect, it } from 'vitest';
import { NOTE_MAX } from '../../src/contract/limits.ts';
import { createRandom } from '../lib/random.ts';
import { writeStatus } from './statuses.ts';

describe('the statuses of the load tests', () => {
  it('are mostly OK, rarely help, and carry notes up to the longest that is allowed', () => {
    const random = createRandom(1);
    const statuses = Array.from({ length: 5_000 }, () => writeStatus(['a', 'b'], Date.UTC(2026, 2, 11), random));
    const share = (condition: string) => statuses.filter((status) => status.condition === condition).length / 5_000;
    expect(share('ok')).toBeCloseTo(0.93, 1);
    expect(share('help')).toBeGreaterThan(0.004);
    expect(share('help')).toBeLessThan(0.02);
    const lengths = statuses.map(({ note = '' }) => [...note].length);
    expect(Math.min(...lengths)).toBe(0);
    expect(Math.max(...lengths)).toBe(NOTE_MAX);
    expect(statuses.some(({ circles }) => circles?.length === 1)).toBe(true);
  });

  it('have an id that tells when they were meant to be sent', () => {
    const at = Date.parse('2026-03-11T05:46:18.123Z');
    const { id } = writeStatus(['a'], at, createRandom(1));
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at);
  });
});
