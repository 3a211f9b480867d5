import { describe, expect, it } from 'vitest';
import type { Locale } from '../contract/people.ts';
import { isReviewed, translate } from './translate.ts';

describe('translate', () => {
  it('gives the text in the language asked for', () => {
    expect(translate('en', 'alert.help.title', { name: 'Mum' })).toBe('Mum needs help');
    expect(translate('ja', 'alert.help.title', { name: '母' })).toBe('母 が助けを求めています');
    expect(translate('ja-easy', 'condition.ok')).toBe('無事(ぶじ)');
  });

  it('chooses the plural of that language', () => {
    expect(translate('en', 'alert.digest.ok.more', { name: 'Mum', count: 1 })).toBe('Mum and 1 other are OK');
    expect(translate('en', 'alert.digest.ok.more', { name: 'Mum', count: 3 })).toBe('Mum and 3 others are OK');
    expect(translate('ja', 'alert.digest.ok.more', { name: '母', count: 3 })).toBe('母 とほか3人は無事です');
  });

  it('speaks English to who chose a language that only a newer version knows', () => {
    expect(translate('tlh' as Locale, 'alert.help.title', { name: 'Worf' })).toBe('Worf needs help');
    expect(isReviewed('tlh' as Locale)).toBe(true);
  });

  it('does not compile without its parameters', () => {
    // @ts-expect-error: the key needs `name`
    expect(translate('en', 'alert.help.title')).toBe('{name} needs help');
    // @ts-expect-error: the key needs no parameters
    expect(translate('en', 'condition.ok', { name: 'x' })).toBe('OK');
  });
});
