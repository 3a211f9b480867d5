import type { ComponentChildren } from 'preact';
import type { Locale } from '../contract/people.ts';
import type { MessageKey, ParamsOf } from '../i18n/catalogue.ts';
import { clockTime, dayAndTime, isSameDay } from '../i18n/clock.ts';
import { languageOf } from '../i18n/locales.ts';
import { formatParts, formatText, type Message, type Params } from '../i18n/message.ts';

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

/** Plain text, for attributes, titles and announcements. */
export function say<K extends MessageKey>(words: Words, key: K, ...[params]: ParamsOf<K>): string {
  return formatText(languageOf(words.locale), words.find(key), params as Params | undefined);
}

type TextProps<K extends MessageKey> = { words: Words; k: K } & (ParamsOf<K> extends [infer P] ? P : unknown);

/** A text on a page, with ruby where the catalogue has it. The parameters are props beside `k`. */
export function Text<K extends MessageKey>(props: TextProps<K>): ComponentChildren {
  const { words, k, ...params } = props as { words: Words; k: K } & Params;
  return formatParts(languageOf(words.locale), words.find(k), params as Params).map((part) =>
    typeof part === 'string' ? (
      part
    ) : (
      <ruby>
        {part.base}
        <rp>(</rp>
        <rt>{part.reading}</rt>
        <rp>)</rp>
      </ruby>
    ),
  );
}

/** The clock time, with the day where that is not today. */
export function sayTime(words: Words, at: string): string {
  const { locale, timeZone, now } = words;
  return isSameDay(at, now, timeZone) ? clockTime(locale, at, timeZone) : dayAndTime(locale, at, timeZone);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `5 min ago`, with the exact moment behind it. A time in the future (clocks differ) is "just now". */
export function Age({ words, at }: { words: Words; at: string }) {
  const age = words.now - Date.parse(at);
  return (
    <time dateTime={at} title={sayTime(words, at)}>
      {age < MINUTE ? (
        <Text words={words} k="age.now" />
      ) : age < HOUR ? (
        <Text words={words} k="age.minutes" count={Math.floor(age / MINUTE)} />
      ) : age < DAY ? (
        <Text words={words} k="age.hours" count={Math.floor(age / HOUR)} />
      ) : (
        <Text words={words} k="age.days" count={Math.floor(age / DAY)} />
      )}
    </time>
  );
}
