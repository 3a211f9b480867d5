import { describe, expect, it } from 'vitest';
import { ERRORS } from '../contract/errors.ts';
import { LOCALES } from '../contract/people.ts';
import type { MessageKey } from './catalogue.ts';
import { formsOf, placeholdersOf } from './message.ts';
import { en } from './messages/en.ts';
import { findMessage } from './translate.ts';

const keys = Object.keys(en) as MessageKey[];

describe.each(LOCALES)('the catalogue %s', (locale) => {
  it('has every key of English, none of them empty', () => {
    for (const key of keys) {
      const forms = formsOf(findMessage(locale, key));
      expect(forms.join(''), key).not.toBe('');
      for (const form of forms) expect(form, key).toBe(key.endsWith('separator') ? form : form.trim());
    }
  });

  it('has the placeholders of English in every text', () => {
    for (const key of keys) expect(placeholdersOf(findMessage(locale, key)), key).toEqual(placeholdersOf(en[key]));
  });

  it('has a text for every refusal of the contract', () => {
    for (const code of Object.keys(ERRORS)) expect(keys).toContain(`error.${code}`);
  });
});

describe('やさしい日本語', () => {
  it('gives every kanji its reading', () => {
    for (const key of keys) {
      for (const text of formsOf(findMessage('ja-easy', key))) {
        const rest = text.replace(/\p{Script=Han}[\p{Script=Han}々]*《[\p{Script=Hiragana}ー]+》/gu, '');
        expect(rest, key).not.toMatch(/[\p{Script=Han}《》]/u);
      }
    }
  });
});
