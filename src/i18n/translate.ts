import type { Locale } from '../contract/people.ts';
import type { Catalogue, MessageKey, ParamsOf } from './catalogue.ts';
import { languageOf } from './locales.ts';
import { formatText, type Message, type Params } from './message.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';
import { jaEasy } from './messages/ja-easy.ts';

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ja, 'ja-easy': jaEasy };

/** The text of `key` in `locale` as plain text. A plural is chosen by the parameter `count`. */
export function translate<K extends MessageKey>(locale: Locale, key: K, ...[params]: ParamsOf<K>): string {
  return formatText(languageOf(locale), CATALOGUES[locale][key], params as Params | undefined);
}

/** The message itself, for who formats it otherwise: pages with ruby, or the browser, which carries no catalogue. */
export function findMessage(locale: Locale, key: MessageKey): Message {
  return CATALOGUES[locale][key];
}
