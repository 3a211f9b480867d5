/** Countries with one time zone; elsewhere only the phone knows. */
export const COUNTRY_ZONES: Readonly<Record<string, string>> = {
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  CN: 'Asia/Shanghai',
  TW: 'Asia/Taipei',
  VN: 'Asia/Ho_Chi_Minh',
  NP: 'Asia/Kathmandu',
  HK: 'Asia/Hong_Kong',
  MO: 'Asia/Macau',
  PH: 'Asia/Manila',
  TH: 'Asia/Bangkok',
  MM: 'Asia/Yangon',
  KH: 'Asia/Phnom_Penh',
  LA: 'Asia/Vientiane',
  MY: 'Asia/Kuala_Lumpur',
  SG: 'Asia/Singapore',
  IN: 'Asia/Kolkata',
  BD: 'Asia/Dhaka',
  LK: 'Asia/Colombo',
  PE: 'America/Lima',
  BO: 'America/La_Paz',
  CO: 'America/Bogota',
  UY: 'America/Montevideo',
  VE: 'America/Caracas',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
};

/** The time zone to write clock times in where no phone told one: the country's, else UTC, which is then written beside it. */
export function zoneOfCountry(country: string | undefined): string {
  return COUNTRY_ZONES[country ?? ''] ?? 'UTC';
}
