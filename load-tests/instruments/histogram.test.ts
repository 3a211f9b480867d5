import { expect, it } from 'vitest';
import { Histogram, summarise } from './histogram.ts';

/** Milliseconds, as they are told; they are counted in microseconds. */
function histogramOf(...values: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value * 1_000);
  return histogram;
}

it('is at most a thirtieth off, and never below', () => {
  for (const value of [0.005, 0.4, 1, 7, 33, 249, 3_000, 59_000]) {
    const histogram = histogramOf(value, value * 10);
    expect(histogram.percentile(0.5) / value).toBeGreaterThanOrEqual(1);
    expect(histogram.percentile(0.5) / value).toBeLessThan(1.04);
    expect(histogram.percentile(1)).toBeCloseTo(value * 10, 9);
  }
});

it('has no bucket beyond an hour, and tells the greatest value there', () => {
  expect(histogramOf(1, 5_000_000).percentile(0.99)).toBe(5_000_000);
});

it('has nothing to tell where nothing was added', () => {
  expect(histogramOf().percentile(0.99)).toBe(0);
  expect(summarise(histogramOf())).toEqual({ count: 0, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, max: 0 });
});

it('tells the same when it is made of parts, or of what another process counted', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => 1 + index / 10);
  const whole = histogramOf(...values);
  const merged = histogramOf(...values.slice(0, 300));
  merged.merge(histogramOf(...values.slice(300)));
  expect(summarise(merged)).toEqual(summarise(whole));
  const told = Histogram.of([...whole.counts]);
  expect([told.total, told.percentile(0.5), told.percentile(0.99)]).toEqual([
    1_000,
    whole.percentile(0.5),
    whole.percentile(0.99),
  ]);
  expect(told.max).toBeGreaterThanOrEqual(whole.max);
});
