import type { Locale } from '../contract/people.ts';
import { languageOf } from './locales.ts';
import { formatText, type Message, type Params, type Placeholders } from './message.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';
import { jaEasy } from './messages/ja-easy.ts';

/** English defines the keys; every other catalogue must have each of them (the type says so) with the same placeholders (a test does). */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, Message>>;

/** The parameters that a key needs: none, or an object that names every placeholder. */
export type ParamsOf<K extends MessageKey> = [Placeholders<(typeof en)[K]>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholders<(typeof en)[K]>, string | number>>];

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ja, 'ja-easy': jaEasy };

/** The text of `key` in `locale` as plain text. A plural is chosen by the parameter `count`. */
export function translate<K extends MessageKey>(locale: Locale, key: K, ...[params]: ParamsOf<K>): string {
  return formatText(languageOf(locale), CATALOGUES[locale][key], params as Params | undefined);
}

/** The message itself, for who formats it otherwise: pages with ruby, or the browser, which carries no catalogue. */
export function findMessage(locale: Locale, key: MessageKey): Message {
  return CATALOGUES[locale][key];
}
