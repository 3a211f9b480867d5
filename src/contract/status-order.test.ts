import { describe, expect, it } from 'vitest';
import { compareStatuses } from './status-order.ts';

const [EARLY, LATE] = ['2026-03-11T05:52:10.000Z', '2026-03-11T05:52:10.001Z'] as const;
const status = (writtenAt: string, acceptedAt: string, id: string) => ({ writtenAt, acceptedAt, id });

describe('compareStatuses', () => {
  it.each([
    ['writtenAt decides first', status(EARLY, LATE, 'b'), status(LATE, EARLY, 'a')],
    ['then acceptedAt', status(EARLY, EARLY, 'b'), status(EARLY, LATE, 'a')],
    ['then the id', status(EARLY, EARLY, 'a'), status(EARLY, EARLY, 'b')],
  ])('%s', (_, older, newer) => {
    expect(compareStatuses(older, newer)).toBeLessThan(0);
    expect(compareStatuses(newer, older)).toBeGreaterThan(0);
  });

  it('finds a status neither older nor newer than itself', () => {
    expect(compareStatuses(status(EARLY, LATE, 'a'), status(EARLY, LATE, 'a'))).toBe(0);
  });
});
