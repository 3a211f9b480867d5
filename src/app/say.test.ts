import { describe, expect, it } from 'vitest';
import { findMessage } from '../i18n/translate.ts';
import { say, sayAloud, sayTime, type Words } from './say.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');

function wordsIn(locale: Words['locale']): Words {
  return { locale, timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage(locale, key) };
}

describe('say', () => {
  it('is plain text with readings, for who looks at it', () => {
    expect(say(wordsIn('ja-easy'), 'condition.ok')).toBe('無事(ぶじ)');
  });
});

describe('sayAloud', () => {
  it('has each word once, for who listens', () => {
    expect(sayAloud(wordsIn('ja-easy'), 'condition.ok')).toBe('無事');
    expect(sayAloud(wordsIn('ja-easy'), 'seen.unconfirmed', { number: '119' })).toContain('119に 電話して');
  });
});

describe('sayTime', () => {
  it('names the day only where it is not today', () => {
    expect(sayTime(wordsIn('ja'), '2026-03-10T15:00:00.000Z')).toBe('00:00');
    expect(sayTime(wordsIn('ja'), '2026-03-10T14:59:00.000Z')).toBe('3月10日 23:59');
  });
});
