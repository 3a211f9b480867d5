import { describe, expect, it } from 'vitest';
import { LOCALES } from '../contract/people.ts';
import { languageOf } from '../i18n/locales.ts';
import { EMERGENCY_COUNTRIES, findEmergency, hasMessageDial } from './emergency.ts';

describe('findEmergency', () => {
  it('names the rescuers before the police', () => {
    expect(findEmergency('JP')).toEqual([
      { number: '119', reaches: 'rescue' },
      { number: '110', reaches: 'police' },
    ]);
    for (const country of EMERGENCY_COUNTRIES) expect(findEmergency(country)[0]?.reaches, country).not.toBe('police');
  });

  it('has 112 where it knows no better', () => {
    expect(findEmergency('ZZ')).toEqual([{ number: '112', reaches: 'any' }]);
    expect(findEmergency(undefined)).toEqual([{ number: '112', reaches: 'any' }]);
  });

  it('knows the numbers where each language of the pages is at home', () => {
    const homes = LOCALES.map((locale) => new Intl.Locale(languageOf(locale)).maximize().region);
    expect(EMERGENCY_COUNTRIES).toEqual(expect.arrayContaining(homes));
  });

  it('has numbers that a phone can dial, and no country twice under one of them', () => {
    for (const country of EMERGENCY_COUNTRIES) {
      const numbers = findEmergency(country).map(({ number }) => number);
      for (const number of numbers) expect(number, country).toMatch(/^\d{3,4}$/);
      expect(new Set(numbers).size, country).toBe(numbers.length);
    }
  });
});

describe('hasMessageDial', () => {
  it('is a thing of Japan', () => {
    expect([hasMessageDial('JP'), hasMessageDial('KR'), hasMessageDial(undefined)]).toEqual([true, false, false]);
  });
});
