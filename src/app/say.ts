import type { Locale } from '../contract/people.ts';
import type { MessageKey, ParamsOf } from '../i18n/catalogue.ts';
import { clockTime, dayAndTime, isSameDay } from '../i18n/clock.ts';
import { languageOf } from '../i18n/locales.ts';
import { formatSpoken, formatText, type Message, type Params } from '../i18n/message.ts';

/**
 * Everything that a component needs in order to speak: the reader's language, time zone and the present moment. The server
 * makes it from the catalogues; the browser from the few messages that came with the page, so that it loads no catalogue.
 */
export interface Words {
  locale: Locale;
  timeZone: string;
  /** Milliseconds since 1970. */
  now: number;
  find: (key: MessageKey) => Message;
}

/** Plain text that is seen: alerts, titles, options. */
export function say<K extends MessageKey>(words: Words, key: K, ...[params]: ParamsOf<K>): string {
  return formatText(languageOf(words.locale), words.find(key), params as Params | undefined);
}

/** Plain text that is only heard: announcements, and names of what has no words on the page. */
export function sayAloud<K extends MessageKey>(words: Words, key: K, ...[params]: ParamsOf<K>): string {
  return formatSpoken(languageOf(words.locale), words.find(key), params as Params | undefined);
}

/** The clock time, with the day where that is not today. */
export function sayTime(words: Words, at: string): string {
  const { locale, timeZone, now } = words;
  return isSameDay(at, now, timeZone) ? clockTime(locale, at, timeZone) : dayAndTime(locale, at, timeZone);
}
