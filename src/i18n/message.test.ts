import { describe, expect, it } from 'vitest';
import { formatParts, formatSpoken, formatText } from './message.ts';

describe('formatText', () => {
  it('fills placeholders and leaves a missing one visible', () => {
    expect(formatText('en', '{name} is OK at {time}', { name: 'Mum' })).toBe('Mum is OK at {time}');
  });

  it('chooses the plural by count', () => {
    const message = { one: '{count} other', other: '{count} others' };
    expect(formatText('en', message, { count: 1 })).toBe('1 other');
    expect(formatText('en', message, { count: 3 })).toBe('3 others');
    expect(formatText('ja', message, { count: 1 })).toBe('1 others');
  });

  it('puts a reading into brackets', () => {
    expect(formatText('ja', 'まだ 返事《へんじ》が ない')).toBe('まだ 返事(へんじ)が ない');
  });

  it('does not read what a person wrote as a placeholder or as ruby', () => {
    expect(formatText('en', '{name}: {condition}', { name: '{condition}', condition: 'OK' })).toBe('{condition}: OK');
    expect(formatParts('ja', '{name}です', { name: '山《やま》' })).toEqual(['山《やま》です']);
  });
});

describe('formatSpoken', () => {
  it('leaves out the readings of a text and of what is put into it, and nothing that a person wrote', () => {
    const silent = formatParts('ja', '返事《へんじ》が ない');
    expect(formatSpoken('ja', '{name}は まだ {silent}人《ひと》', { name: '幸(さち)', silent })).toBe(
      '幸(さち)は まだ 返事が ない人',
    );
  });
});

describe('formatParts', () => {
  it('takes the kanji before 《 as the base', () => {
    expect(formatParts('ja', 'お知《し》らせを 送《おく》る')).toEqual([
      'お',
      { base: '知', reading: 'し' },
      'らせを ',
      { base: '送', reading: 'おく' },
      'る',
    ]);
  });

  it('takes all from ｜ on as the base where it stands', () => {
    expect(formatParts('ja', 'この｜お知らせ《おしらせ》')).toEqual(['この', { base: 'お知らせ', reading: 'おしらせ' }]);
  });
});
