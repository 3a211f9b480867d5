import { expect, it } from 'vitest';
import type { MessageKey } from '../../i18n/catalogue.ts';
import { findMessage } from '../../i18n/translate.ts';
import { say, type Words } from '../say.ts';
import { reasonOf } from './refusal-words.ts';

const words: Words = { locale: 'en', timeZone: 'UTC', now: 0, find: (key) => findMessage('en', key) ?? key };

it.each([
  ['no-circle', /^Nobody would see it yet\. /],
  ['not-found', /^The circle is gone, or you can no longer write to it\. /],
  ['of-tomorrow', /^Something in this form does not fit\. /],
  [undefined, /^Something in this form does not fit\. /],
])('says why a status was refused: %s', (code, text) => {
  expect(say(words, reasonOf(words, code))).toMatch(text);
});

it('says in general words what the page has no text for', () => {
  const find: Words['find'] = (key: MessageKey) => (key === 'unsent.circle' ? key : findMessage('en', key));
  expect(reasonOf({ ...words, find }, 'not-found')).toBe('error.invalid-request');
});
