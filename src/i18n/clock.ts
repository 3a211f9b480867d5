import type { Locale } from '../contract/people.ts';
import { languageOf } from './locales.ts';

/**
 * `14:05` in the reader's time zone (IANA name), always on 24 hours: in a crisis "2:05" must not be read twice. A zone that
 * this system does not know gives UTC and says so.
 */
export function clockTime(locale: Locale, at: string | number | Date, timeZone: string): string {
  return format(locale, at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `21 Nov, 14:05`: for what did not happen today. */
export function dayAndTime(locale: Locale, at: string | number | Date, timeZone: string): string {
  return format(locale, at, timeZone, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Whether two moments fall on one day of the calendar in that zone. */
export function isSameDay(a: string | number | Date, b: string | number | Date, timeZone: string): boolean {
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return format('en', a, timeZone, day) === format('en', b, timeZone, day);
}

/** Whether `Intl` knows this time zone: names come from cookies and phones. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function format(locale: Locale, at: string | number | Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const known = timeZone !== 'UTC' && isTimeZone(timeZone);
  const text = new Intl.DateTimeFormat(languageOf(locale) === 'en' ? 'en-GB' : languageOf(locale), {
    ...options,
    timeZone: known ? timeZone : 'UTC',
  }).format(new Date(at));
  return known || options.hour === undefined ? text : `${text} UTC`;
}
