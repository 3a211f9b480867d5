import { expect, it } from 'vitest';
import { createHistogram } from './histogram.ts';

it('is at most a thirtieth off', () => {
  for (const value of [0.4, 1, 7, 33, 249, 3_000, 59_000]) {
    const histogram = createHistogram();
    histogram.add(value);
    histogram.add(value * 10);
    expect(histogram.percentile(0.5) / value).toBeGreaterThanOrEqual(1);
    expect(histogram.percentile(0.5) / value).toBeLessThan(1.04);
    expect(histogram.percentile(1)).toBe(value * 10);
  }
});
