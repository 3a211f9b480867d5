import { describe, expect, it } from 'vitest';
import { chooseRetryWait, readRetrySeconds } from './send-again.ts';

describe('chooseRetryWait', () => {
  const waits = { firstMs: 100, longestMs: 1_000 };

  it('doubles up to the longest, and its upper half is random', () => {
    expect([0, 1, 3, 4, 5_000].map((tries) => chooseRetryWait(waits, tries, 1))).toEqual([100, 200, 800, 1_000, 1_000]);
    expect([0, 1, 3, 4, 5_000].map((tries) => chooseRetryWait(waits, tries, 0))).toEqual([50, 100, 400, 500, 500]);
    const chosen = Array.from({ length: 200 }, () => chooseRetryWait(waits, 0));
    expect(new Set(chosen).size).toBeGreaterThan(100);
    for (const ms of chosen) expect(ms >= 50 && ms <= 100).toBe(true);
  });

  it('is never shorter than what was asked for, and is spread after it', () => {
    expect(chooseRetryWait(waits, 0, 0, 5_000)).toBe(5_000);
    expect(chooseRetryWait(waits, 0, 1, 5_000)).toBe(5_050);
    expect(chooseRetryWait(waits, 4, 0, 10)).toBe(500);
  });
});

describe('readRetrySeconds', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['9999999999', null],
    ['Wed, 11 Mar 2026 05:53:10 GMT', null],
    [null, null],
    [undefined, null],
  ])('reads %j', (value, seconds) => {
    expect(readRetrySeconds(value)).toBe(seconds);
  });
});
