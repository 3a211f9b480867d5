import { COUNTRY_ZONES } from '../i18n/country-zones.ts';

/** Cookie that keeps the country that this browser chose. */
export const COUNTRY_COOKIE = 'country';

/** Some browsers still report a zone by the name that it had (the tz database's file `backward`). */
const FORMER_ZONES: Readonly<Record<string, string>> = {
  'Asia/Saigon': 'VN',
  'Asia/Katmandu': 'NP',
  'Asia/Calcutta': 'IN',
  'Asia/Rangoon': 'MM',
};

/**
 * The country of somebody whom the service does not know: the one that they chose on this browser, else the one whose time zone
 * its script reported, where no other shares that; else undefined. It picks the emergency numbers.
 * @param cookies of the request; anybody can write anything there
 */
export function chooseCountry(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
  const { [COUNTRY_COOKIE]: chosen = '', tz = '' } = cookies;
  if (/^[A-Z]{2}$/.test(chosen)) return chosen;
  return FORMER_ZONES[tz] ?? Object.entries(COUNTRY_ZONES).find(([, zone]) => zone === tz)?.[0];
}
