import { describe, expect, it } from 'vitest';
import { LOCALES } from '../contract/people.ts';
import { clockTime, dayAndTime, isSameDay } from './clock.ts';

const AT = '2026-03-11T05:46:18.000Z';

describe('clockTime', () => {
  it('is the time of day in the reader’s zone, on 24 hours', () => {
    expect(clockTime('ja', AT, 'Asia/Tokyo')).toBe('14:46');
    expect(clockTime('en', AT, 'Asia/Tokyo')).toBe('14:46');
    expect(clockTime('en', '2026-03-11T15:05:00.000Z', 'Asia/Tokyo')).toBe('00:05');
  });

  it('says so where only UTC is known', () => {
    expect(clockTime('en', AT, 'UTC')).toBe('05:46 UTC');
    expect(clockTime('en', AT, 'No/Where')).toBe('05:46 UTC');
  });
});

describe('dayAndTime', () => {
  it('adds the day', () => {
    expect(dayAndTime('en', AT, 'Asia/Tokyo')).toBe('11 Mar, 14:46');
    expect(dayAndTime('ja-easy', AT, 'Asia/Tokyo')).toBe('3月11日 14:46');
  });

  it.each(LOCALES)('is written in the digits of the counts beside it, in %s', (locale) => {
    const text = dayAndTime(locale, AT, 'Asia/Tokyo');
    expect(text).toMatch(/\b14[:.]46\b/);
    expect(text).toContain('11');
  });
});

describe('isSameDay', () => {
  it('goes by the calendar of the zone', () => {
    expect(isSameDay('2026-03-11T14:59:00Z', '2026-03-11T15:01:00Z', 'UTC')).toBe(true);
    expect(isSameDay('2026-03-11T14:59:00Z', '2026-03-11T15:01:00Z', 'Asia/Tokyo')).toBe(false);
  });
});
