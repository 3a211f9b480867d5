import { describe, expect, it } from 'vitest';
import { createPatience, type Look } from './patience.ts';

/** When it is looked (ms after the last post), where each look finds what `find` says. */
function looksAt(find: (now: number) => Look): number[] {
  const waitMs = createPatience(1_000_000);
  const looks = [0];
  for (;;) {
    const now = looks.at(-1) ?? 0;
    const wait = waitMs(find(now), 1_000_000 + now);
    if (wait === null) return looks;
    looks.push(now + wait);
  }
}

describe('how long is looked whether everything is where it belongs', () => {
  const whole = { isWhole: true, overtaken: 0 };

  it('is until it has been whole for longer than any repetition takes, though nothing was overtaken', () => {
    expect(looksAt(() => whole)).toEqual([0, 15_000]);
    expect(looksAt((now) => ({ ...whole, isWhole: now >= 800 }))).toEqual([0, 500, 1_000, 16_000]);
  });

  it('begins anew where something else was overtaken, or is missing again', () => {
    expect(looksAt((now) => ({ ...whole, overtaken: now < 15_000 ? 2 : 1 }))).toEqual([0, 15_000, 30_000]);
    expect(looksAt((now) => ({ ...whole, isWhole: now !== 15_000 }))).toEqual([0, 15_000, 15_500, 30_500]);
  });

  it('is a minute where something stays missing, and what is whole by then must stay so too', () => {
    expect(looksAt(() => ({ isWhole: false, overtaken: 0 })).at(-1)).toBe(60_500);
    expect(looksAt((now) => ({ ...whole, isWhole: now >= 60_000 })).at(-1)).toBe(75_000);
  });
});
