import { COUNTRY_ZONES } from '../i18n/country-zones.ts';
import { EMERGENCY_COUNTRIES } from './emergency.ts';

/** Cookie that keeps the country that somebody who is not signed in has chosen here. */
export const COUNTRY_COOKIE = 'country';

/**
 * Cookie that keeps the country of who is signed in here. It counts only while nobody can be recognised: a phone is shared, and
 * whoever comes next may call from elsewhere.
 */
export const PROFILE_COUNTRY_COOKIE = 'profile-country';

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
  const { [COUNTRY_COOKIE]: chosen, tz = '' } = cookies;
  if (isCountry(chosen)) return chosen;
  return FORMER_ZONES[tz] ?? Object.entries(COUNTRY_ZONES).find(([, zone]) => zone === tz)?.[0];
}

/** The country of whoever was signed in here when the service last recognised anybody; undefined where that was nobody. */
export function recallCountry({ [PROFILE_COUNTRY_COOKIE]: kept }: Readonly<Record<string, string | undefined>>) {
  return isCountry(kept) ? kept : undefined;
}

function isCountry(value: string | undefined): value is string {
  return value !== undefined && /^[A-Z]{2}$/.test(value);
}

/**
 * The country to offer first to somebody of whom it is not known: the first region that the browser's languages name and whose
 * numbers we know. It is offered, not believed: a phone speaks the language of home also where its owner does not live, and the
 * numbers of home do not answer there.
 * @param acceptLanguage the header (RFC 9110, section 12.5.4)
 */
export function guessCountry(acceptLanguage: string | undefined): string | undefined {
  const regions = (acceptLanguage ?? '')
    .split(',', 20)
    .map((item) => /^\s*[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\b/i.exec(item)?.[1]);
  return regions.map((region) => region?.toUpperCase()).find((region) => region && EMERGENCY_COUNTRIES.includes(region));
}
