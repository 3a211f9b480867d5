/** Countries with one time zone; elsewhere only the phone knows. */
export const COUNTRY_ZONES: Readonly<Record<string, string>> = {
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  CN: 'Asia/Shanghai',
  TW: 'Asia/Taipei',
  VN: 'Asia/Ho_Chi_Minh',
  NP: 'Asia/Kathmandu',
  PH: 'Asia/Manila',
  GB: 'Europe/London',
};

/** The time zone to write clock times in where no phone told one: the country's, else UTC, which is then written beside it. */
export function zoneOfCountry(country: string | undefined): string {
  return COUNTRY_ZONES[country ?? ''] ?? 'UTC';
}
