import { describe, expect, it } from 'vitest';
import { goodAgainMs, recoverySeconds } from './recovery.ts';

describe('recovery from a fault', () => {
  const point = (second: number, p99: number) => ({
    at: second * 1_000,
    statuses: 1,
    deliveries: 1,
    p50: 1,
    p99,
    lastP99: p99,
    max: p99,
  });
  const pointsOf = (...p99s: number[]) => p99s.map((p99, second) => point(second, p99));

  it('is the first second from which on three in a row are good again', () => {
    const points = pointsOf(10, 20, 4_000, 3_000, 900, 2_000, 30, 20, 10, 10);
    expect(recoverySeconds(points, 2_500, 1_000)).toBe(4.5);
    expect(recoverySeconds(points, 500, 1_000)).toBe(6.5);
  });

  it('includes the last arrival of what was held up', () => {
    expect(recoverySeconds(pointsOf(10, 11_000, 10, 10, 10), 1_900, 1_000)).toBeCloseTo(10.1);
    expect(recoverySeconds(pointsOf(10, 10, 10, 10, 10), 1_900, 1_000)).toBe(0);
  });

  it('is none where it stays bad', () => {
    expect(recoverySeconds(pointsOf(10, 5_000, 5_000), 1_000, 1_000)).toBeNull();
  });

  it('asks for no more than what was usual before the first fault', () => {
    const points = pointsOf(4_000, 20, 4_000, 5_000, 30_000, 4_000);
    expect(goodAgainMs(points, 6_500, 1_000)).toBe(4_000);
    expect(goodAgainMs(points.slice(1, 2), 6_500, 1_000)).toBe(1_000);
    expect(goodAgainMs([], 6_500, 1_000)).toBe(1_000);
  });
});
