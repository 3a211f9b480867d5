import { isTimeZone } from '../i18n/clock.ts';
import { COUNTRY_ZONES, zoneOfCountry } from '../i18n/country-zones.ts';

/**
 * The time zone to write clock times in: the one that this browser's script reported in its cookie, else the country's.
 * @param reported what the cookie `tz` holds; anybody can write anything there
 */
export function chooseTimeZone(reported: string | undefined, country: string | undefined): string {
  if (reported && reported.length <= 64 && isTimeZone(reported)) return reported;
  return zoneOfCountry(country);
}

/** The country that a time zone stands for; undefined where several share it. It picks the emergency numbers of somebody new. */
export function chooseCountry(reported: string | undefined): string | undefined {
  return Object.entries(COUNTRY_ZONES).find(([, zone]) => zone === reported)?.[0];
}
