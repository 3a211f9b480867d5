import { describe, expect, it } from 'vitest';
import { Bucket } from './bucket.ts';

describe('Bucket', () => {
  it('lets a burst pass, then so many a second, and never more than its points', () => {
    const bucket = new Bucket({ points: 10, seconds: 2 }, 1_000);
    const take = (times: number, now: number) => Array.from({ length: times }, () => bucket.take(now)).filter(Boolean).length;
    expect(take(12, 1_000)).toBe(10);
    expect(take(1, 1_199)).toBe(0);
    expect(take(2, 1_200)).toBe(1);
    expect(take(9, 2_200)).toBe(5);
    expect(take(20, 3_600_000)).toBe(10);
  });
});
