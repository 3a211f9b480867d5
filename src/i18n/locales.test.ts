import { describe, expect, it } from 'vitest';
import { asLocale, pickLocale } from './locales.ts';

describe('pickLocale', () => {
  it.each([
    ['ja,en-US;q=0.7,en;q=0.3', 'ja'],
    ['ja-JP', 'ja'],
    ['en-GB,en;q=0.9,ja;q=0.8', 'en'],
    ['fr-FR, ja;q=0.5, en;q=0.4', 'ja'],
    ['fr', 'en'],
    ['ja;q=0, en', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    [';;,q=;=', 'en'],
    ['*', 'en'],
    ['zh-CN,zh;q=0.9', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK,en;q=0.5', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['ko-KR', 'ko'],
    ['VI-vn', 'vi'],
    ['pt-PT', 'pt-BR'],
    ['fil-PH,en-US;q=0.9', 'tl'],
    ['tl', 'tl'],
    ['ne-NP', 'ne'],
    ['es-419', 'es'],
    ['in-ID', 'id'],
    ['x'.repeat(300), 'en'],
  ])('%s gives %s', (header, locale) => {
    expect(pickLocale(header)).toBe(locale);
  });
});

describe('asLocale', () => {
  it('knows ours and no other', () => {
    expect(asLocale('ja-easy')).toBe('ja-easy');
    expect(asLocale('xx')).toBeNull();
    expect(asLocale(undefined)).toBeNull();
  });
});
