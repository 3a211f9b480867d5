import type { Locale } from '../contract/people.ts';
import type { Catalogue, MessageKey, ParamsOf, Translation } from './catalogue.ts';
import { languageOf } from './locales.ts';
import { formatText, type Message, type Params } from './message.ts';
import { en } from './messages/en.ts';
import { es } from './messages/es.ts';
import { id } from './messages/id.ts';
import { ja } from './messages/ja.ts';
import { jaEasy } from './messages/ja-easy.ts';
import { ko } from './messages/ko.ts';
import { ne } from './messages/ne.ts';
import { ptBR } from './messages/pt-BR.ts';
import { tl } from './messages/tl.ts';
import { vi } from './messages/vi.ts';
import { zhHans } from './messages/zh-Hans.ts';
import { zhHant } from './messages/zh-Hant.ts';

const TRANSLATIONS: Readonly<Record<Exclude<Locale, 'en'>, Translation>> = {
  ja,
  'ja-easy': jaEasy,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ko,
  vi,
  'pt-BR': ptBR,
  tl,
  ne,
  es,
  id,
};

/** The text of `key` in `locale` as plain text. A plural is chosen by the parameter `count`. */
export function translate<K extends MessageKey>(locale: Locale, key: K, ...[params]: ParamsOf<K>): string {
  return formatText(languageOf(locale), findMessage(locale, key), params as Params | undefined);
}

/** The message itself, for who formats it otherwise: pages with ruby, or the browser, which carries no catalogue. */
export function findMessage(locale: Locale, key: MessageKey): Message {
  return catalogueOf(locale)[key];
}

/** Whether a native speaker has read all texts in `locale`, or it is the English that all others were made from. */
export function isReviewed(locale: Locale): boolean {
  return translationOf(locale)?.isReviewed ?? true;
}

function catalogueOf(locale: Locale): Catalogue {
  return translationOf(locale)?.messages ?? en;
}

/** None for English; nor for a language that only a newer version of this program knows: both run while one replaces the other. */
function translationOf(locale: Locale): Translation | undefined {
  return locale === 'en' ? undefined : TRANSLATIONS[locale];
}
