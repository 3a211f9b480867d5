import type { ComponentChildren } from 'preact';
import type { MessageKey, ParamsOf } from '../i18n/catalogue.ts';
import { languageOf } from '../i18n/locales.ts';
import { formatParts, type Params, type Part } from '../i18n/message.ts';
import { sayTime, type Words } from './say.ts';

// Pages speak by this module; the service worker, which draws nothing, takes the other alone and stays without Preact.
export { say, sayAloud, sayTime, type Words } from './say.ts';

type TextProps<K extends MessageKey> = { words: Words; k: K } & (ParamsOf<K> extends [infer P] ? P : unknown);

/** A text to be put into another one on a page: it keeps its ruby there. */
export function partsOf<K extends MessageKey>(words: Words, key: K, ...[params]: ParamsOf<K>): Part[] {
  return formatParts(languageOf(words.locale), words.find(key), params as Params | undefined);
}

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
