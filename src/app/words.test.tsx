import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { findMessage } from '../i18n/translate.ts';
import { Age, partsOf, say, Text, type Words } from './words.tsx';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');

function wordsIn(locale: Words['locale']): Words {
  return { locale, timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage(locale, key) };
}

describe('Text', () => {
  it('shows readings above their kanji', () => {
    expect(renderToString(<Text words={wordsIn('ja-easy')} k="condition.ok" />)).toBe(
      '<ruby>無事<rp>(</rp><rt>ぶじ</rt><rp>)</rp></ruby>',
    );
  });

  it('keeps the readings of a text that stands in another', () => {
    const words = wordsIn('ja-easy');
    const html = renderToString(<Text words={words} k="help.silent" silent={partsOf(words, 'condition.silent')} />);
    expect(html).toMatch(/^「まだ <ruby>返事<rp>/);
    expect(say(words, 'help.silent', { silent: partsOf(words, 'condition.silent') })).toMatch(/^「まだ 返事\(へんじ\)/);
  });

  it('puts parameters in as text', () => {
    expect(renderToString(<Text words={wordsIn('en')} k="join.title" circle="<b>" />)).toBe('Join &lt;b>?');
  });
});

describe('Age', () => {
  it.each([
    [-60_000, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 min ago'],
    [3_599_000, '59 min ago'],
    [3_600_000, '1 h ago'],
    [86_400_000, '1 day ago'],
    [3 * 86_400_000, '3 days ago'],
  ])('%i ms ago is "%s"', (age, text) => {
    const at = new Date(NOW - age).toISOString();
    expect(renderToString(<Age words={wordsIn('en')} at={at} />)).toContain(`>${text}</time>`);
  });
});
