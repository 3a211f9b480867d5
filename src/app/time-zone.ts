import { isTimeZone } from '../i18n/clock.ts';
import { zoneOfCountry } from '../i18n/country-zones.ts';

/**
 * The time zone to write clock times in: the one that this browser's script reported in its cookie, else the country's.
 * @param reported what the cookie `tz` holds; anybody can write anything there
 */
export function chooseTimeZone(reported: string | undefined, country: string | undefined): string {
  if (reported && reported.length <= 64 && isTimeZone(reported)) return reported;
  return zoneOfCountry(country);
}
