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

  it.each([
    ['AR', { fire: '100', ambulance: '107', police: '911' }],
    ['CN', { fire: '119', ambulance: '120', police: '110' }],
    ['LA', { fire: '1190', ambulance: '1195', police: '1191' }],
    ['NZ', { any: '111' }],
    ['SG', { rescue: '995', police: '999' }],
    ['VN', { fire: '114', ambulance: '115', police: '113' }],
  ])('names for %s one number only where that reaches all: %j', (country, numbers) => {
    expect(Object.fromEntries(findEmergency(country).map(({ number, reaches }) => [reaches, number]))).toEqual(numbers);
  });

  it('leaves nobody without an ambulance', () => {
    for (const country of EMERGENCY_COUNTRIES) {
      const reached = findEmergency(country).map(({ reaches }) => reaches);
      expect(
        reached.some((reaches) => ['any', 'rescue', 'ambulance'].includes(reaches)),
        country,
      ).toBe(true);
      expect(reached.includes('any') ? reached : ['any'], country).toEqual(['any']);
    }
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
