import { describe, expect, it } from 'vitest';
import { ERRORS } from '../contract/errors.ts';
import { LOCALES, type Locale } from '../contract/people.ts';
import type { MessageKey } from './catalogue.ts';
import { languageOf } from './locales.ts';
import type { Message } from './message.ts';
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

  it('has the placeholders of English in every form of every text', () => {
    for (const key of keys) {
      for (const form of formsOf(findMessage(locale, key))) expect(placeholdersOf(form), key).toEqual(placeholdersOf(en[key]));
    }
  });

  it('has plural forms that its grammar knows, and one for 1 only where it is not said of 2', () => {
    const rules = new Intl.PluralRules(languageOf(locale));
    const categories = new Set(Array.from({ length: 10_000 }, (_, count) => rules.select(count)));
    expect(['one', 'other']).toEqual(expect.arrayContaining([...categories]));
    const tellsOneApart = rules.select(1) !== rules.select(2);
    for (const key of keys) {
      const message = findMessage(locale, key);
      if (typeof message !== 'string' && message.one !== undefined) expect(tellsOneApart, key).toBe(true);
    }
  });

  it('has a text for every refusal of the contract', () => {
    for (const code of Object.keys(ERRORS)) expect(keys).toContain(`error.${code}`);
  });
});

describe.each(['es', 'pt-BR'] as const)('the catalogue %s', (locale) => {
  it('has a plural wherever English has one', () => {
    for (const key of keys) expect(typeof findMessage(locale, key), key).toBe(typeof en[key]);
  });
});

describe.each(LOCALES.filter((locale) => locale !== 'en'))('the catalogue %s', (locale) => {
  /** Texts that are the same by right: signs alone, and words that the language has taken from English. */
  const SAME: Partial<Record<Locale, MessageKey[]>> = {
    tl: ['nav.home', 'nav.settings', 'settings.title', 'emergency.any', 'board.live'],
  };

  it('leaves no text in English', () => {
    const same = keys.filter((key) => {
      const forms = formsOf(findMessage(locale, key));
      return forms.some((form) => /\p{L}/u.test(form.replace(/\{\w+\}/g, '')) && formsOf(en[key]).includes(form));
    });
    expect(new Set(same)).toEqual(new Set(SAME[locale]));
  });

  const SCRIPTS: Partial<Record<Locale, RegExp>> = {
    ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
    'ja-easy': /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
    'zh-Hans': /\p{Script=Han}/u,
    'zh-Hant': /\p{Script=Han}/u,
    ko: /\p{Script=Hangul}/u,
    ne: /\p{Script=Devanagari}/u,
  };

  it('is written in its own script', () => {
    const script = SCRIPTS[locale] ?? /\p{Script=Latin}/u;
    const foreign = locale.startsWith('ja')
      ? /[\p{Script=Hangul}\p{Script=Devanagari}]/u
      : new RegExp(`[\\p{L}--[\\p{Script=Latin}${SCRIPTS[locale] ? script.source : ''}]]`, 'v');
    for (const key of keys) {
      for (const form of formsOf(findMessage(locale, key))) {
        const letters = form.replace(/\{\w+\}/g, '');
        if (/\p{L}/u.test(letters)) expect(letters, key).toMatch(script);
        expect(letters, key).not.toMatch(foreign);
      }
    }
  });
});

describe('Chinese', () => {
  /** Of the letters used here, those with two shapes: simplified above, traditional below. */
  const SIMPLIFIED = '这个们发电话请选择设备网络读链从没时间给会来开关让头里书页读复还应网种点动员码机';
  const TRADITIONAL = '這個們發電話請選擇設備網絡讀鏈從沒時間給會來開關讓頭裡書頁讀復還應網種點動員碼機';

  it.each([
    ['zh-Hans', [...TRADITIONAL].filter((letter) => !SIMPLIFIED.includes(letter))],
    ['zh-Hant', [...SIMPLIFIED].filter((letter) => !TRADITIONAL.includes(letter))],
  ] as const)('%s mixes in no letter of the other', (locale, others) => {
    for (const key of keys) {
      const text = formsOf(findMessage(locale, key)).join();
      expect(
        others.filter((letter) => text.includes(letter)),
        key,
      ).toEqual([]);
    }
  });
});

describe('やさしい日本語', () => {
  // After a number the reading changes with it (1人 is ひとり, 2人 ふたり, 3人 さんにん), so none stands there.
  const COUNTERS = /\}[人分日]/gu;
  it('gives every kanji its reading, but for what counts', () => {
    for (const key of keys) {
      for (const text of formsOf(findMessage('ja-easy', key))) {
        const rest = text.replace(COUNTERS, '}').replace(/\p{Script=Han}[\p{Script=Han}々]*《[\p{Script=Hiragana}ー]+》/gu, '');
        expect(rest, key).not.toMatch(/[\p{Script=Han}《》]/u);
      }
    }
  });
});

/** Every form of a message: one, or one per plural category. */
function formsOf(message: Message): string[] {
  if (typeof message === 'string') return [message];
  return message.one === undefined ? [message.other] : [message.one, message.other];
}

/** The names of the placeholders in a message, over all its plural forms. */
function placeholdersOf(message: Message): Set<string> {
  return new Set(formsOf(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')));
}
