import { describe, expect, it } from 'vitest';
import { isTimeZone } from './clock.ts';
import { COUNTRY_ZONES, zoneOfCountry } from './country-zones.ts';

describe('zoneOfCountry', () => {
  it('names zones that this system knows', () => {
    expect(Object.values(COUNTRY_ZONES).filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it('answers UTC where a country has several zones, or is unknown', () => {
    expect(['JP', 'US', undefined].map(zoneOfCountry)).toEqual(['Asia/Tokyo', 'UTC', 'UTC']);
  });
});
