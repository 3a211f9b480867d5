import { describe, expect, it } from 'vitest';
import { chooseCountry } from './reader-country.ts';

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
