import { render } from 'preact';
import type { MessageKey, ParamsOf } from '../../i18n/catalogue.ts';
import { Text, type Words } from '../words.tsx';

/** Puts a text into an element, instead of what stood there; with its readings above the kanji where the catalogue has them. */
export function writeText<K extends MessageKey>(place: Element, words: Words, key: K, ...[params]: ParamsOf<K>): void {
  const fresh = document.createElement('p');
  const props = { words, k: key, ...params } as Parameters<typeof Text<K>>[0];
  render(<Text {...props} />, fresh);
  place.replaceChildren(...fresh.childNodes);
}
