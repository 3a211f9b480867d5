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
  return formatterOf('en', { timeZone: name }) !== null;
}

/** Always in the digits 0–9, also in Nepali: counts and telephone numbers beside it are written in them. */
function format(locale: Locale, at: string | number | Date, timeZone: string, wish: Intl.DateTimeFormatOptions): string {
  const options = { ...wish, numberingSystem: 'latn' };
  const language = languageOf(locale) === 'en' ? 'en-GB' : languageOf(locale);
  const known = timeZone === 'UTC' ? null : formatterOf(language, { ...options, timeZone });
  const text = (known ?? formatterOf(language, { ...options, timeZone: 'UTC' }))?.format(new Date(at)) ?? '';
  return known || options.hour === undefined ? text : `${text} UTC`;
}

/** Making a formatter takes 50 µs, using it 1 µs (measured); an alert to a circle needs several for each device. */
const formatters = new Map<string, Intl.DateTimeFormat | null>();
/** A few formats in a few languages for the 400 time zones there are; beyond it somebody makes names up. */
const FORMATTERS_MAX = 2_000;

/** Null where `Intl` does not know the time zone. */
function formatterOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | null {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  if (formatters.size >= FORMATTERS_MAX) formatters.clear();
  const formatter = makeFormatter(language, options);
  formatters.set(key, formatter);
  return formatter;
}

function makeFormatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch {
    return null;
  }
}
