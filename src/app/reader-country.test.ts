import { describe, expect, it } from 'vitest';
import { chooseCountry, guessCountry, recallCountry } from './reader-country.ts';

describe('chooseCountry', () => {
  it('knows the country of a zone that only one has, also by its former name', () => {
    expect(chooseCountry({ tz: 'Asia/Tokyo' })).toBe('JP');
    expect(chooseCountry({ tz: 'Asia/Katmandu' })).toBe('NP');
    expect(chooseCountry({ tz: 'America/New_York' })).toBeUndefined();
    expect(chooseCountry({})).toBeUndefined();
  });

  it('goes by what was chosen first, unless that is nonsense', () => {
    expect(chooseCountry({ country: 'KR', tz: 'Asia/Tokyo' })).toBe('KR');
    expect(chooseCountry({ country: '<b>', tz: 'Asia/Tokyo' })).toBe('JP');
  });
});

describe('recallCountry', () => {
  it('knows the country of who is signed in here, apart from what somebody else has chosen', () => {
    expect(recallCountry({ 'profile-country': 'VN', country: 'KR' })).toBe('VN');
    expect(chooseCountry({ 'profile-country': 'VN', tz: 'Asia/Tokyo' })).toBe('JP');
    for (const cookies of [{}, { country: 'KR' }, { 'profile-country': '<b>' }]) expect(recallCountry(cookies)).toBeUndefined();
  });
});

describe('guessCountry', () => {
  it.each([
    ['pt-BR,pt;q=0.9,en-US;q=0.8', 'BR'],
    ['en, zh-Hant-TW;q=0.5', 'TW'],
    ['es-419,es-MX;q=0.9', 'MX'],
    ['de-DE,en-gb', 'GB'],
    ['fr', undefined],
    ['<b>-US', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('offers for %j %j', (header, country) => {
    expect(guessCountry(header)).toBe(country);
  });
});
