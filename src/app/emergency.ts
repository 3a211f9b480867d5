/** Whom a number reaches. `rescue` is fire brigade and ambulance under one number, `any` all of them. */
export interface EmergencyNumber {
  number: string;
  reaches: 'any' | 'rescue' | 'fire' | 'ambulance' | 'police';
}

const ALL_IN = (number: string): EmergencyNumber[] => [{ number, reaches: 'any' }];
const RESCUE_AND_POLICE = (rescue: string, police: string): EmergencyNumber[] => [
  { number: rescue, reaches: 'rescue' },
  { number: police, reaches: 'police' },
];
const APART = (fire: string, ambulance: string, police: string): EmergencyNumber[] => [
  { number: fire, reaches: 'fire' },
  { number: ambulance, reaches: 'ambulance' },
  { number: police, reaches: 'police' },
];

/**
 * The rule for each country: the number that reaches an ambulance and rescue in the whole of it. One stands alone only where it
 * reaches all of them everywhere. Where the fire brigade, which digs people out, and the ambulances have numbers of their own,
 * each is named, fire first and the police last. What only a region or one kind of accident has is left out, such as 118 of
 * Japan's coast guard.
 *
 * Japan, where the languages of the pages are at home, and their neighbours. Sources: each country's answer to ITU-T E.129
 * (national numbering plans); the European number is 112 by Directive (EU) 2018/1972, article 109; India's is 112 (ERSS),
 * Indonesia's ambulance 119 (PSC, decree 19/2016 of its Ministry of Health), Bangladesh's 999, Sri Lanka's ambulance 1990
 * (Suwa Seriya), Thailand's 1669. Laos' police and fire brigade are called by four digits in what they publish. Argentina has
 * 911 by its law 25.367, but not every province has put ambulances and fire brigades under it: 107 and 100 reach them. Numbers
 * change rarely; where a country is moving to a single one, the older still answer.
 */
const NUMBERS: Readonly<Record<string, EmergencyNumber[]>> = {
  JP: RESCUE_AND_POLICE('119', '110'),
  KR: RESCUE_AND_POLICE('119', '112'),
  TW: RESCUE_AND_POLICE('119', '110'),
  CN: APART('119', '120', '110'),
  HK: ALL_IN('999'),
  MO: ALL_IN('999'),
  MN: APART('101', '103', '102'),

  VN: APART('114', '115', '113'),
  PH: ALL_IN('911'),
  ID: APART('113', '119', '110'),
  TH: APART('199', '1669', '191'),
  MM: APART('191', '192', '199'),
  KH: APART('118', '119', '117'),
  LA: APART('1190', '1195', '1191'),
  MY: ALL_IN('999'),
  SG: RESCUE_AND_POLICE('995', '999'),

  NP: APART('101', '102', '100'),
  IN: ALL_IN('112'),
  BD: ALL_IN('999'),
  LK: APART('110', '1990', '119'),

  BR: APART('193', '192', '190'),
  PE: APART('116', '106', '105'),
  BO: APART('119', '118', '110'),
  CL: APART('132', '131', '133'),
  AR: APART('100', '107', '911'),
  CO: ALL_IN('123'),
  EC: ALL_IN('911'),
  UY: ALL_IN('911'),
  VE: ALL_IN('911'),
  MX: ALL_IN('911'),

  US: ALL_IN('911'),
  CA: ALL_IN('911'),
  GB: ALL_IN('999'),
  IE: ALL_IN('112'),
  ES: ALL_IN('112'),
  PT: ALL_IN('112'),
  AU: ALL_IN('000'),
  NZ: ALL_IN('111'),
};

/** What every GSM phone connects to an emergency service, also where the country is not in our list (3GPP TS 22.101, 10.1). */
const ANYWHERE = ALL_IN('112');

/** The emergency numbers to show a person of that country (ISO 3166-1), the rescuers' first. */
export function findEmergency(country: string | undefined): readonly EmergencyNumber[] {
  return NUMBERS[country ?? ''] ?? ANYWHERE;
}

/** Countries whose numbers are known, by ISO 3166-1 code. */
export const EMERGENCY_COUNTRIES: readonly string[] = Object.keys(NUMBERS);

/** Countries whose telephone companies keep a message dial for disasters: 171 of NTT, in Japan. */
export function hasMessageDial(country: string | undefined): boolean {
  return country === 'JP';
}
