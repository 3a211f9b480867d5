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

const NUMBERS: Readonly<Record<string, EmergencyNumber[]>> = {
  JP: RESCUE_AND_POLICE('119', '110'),
  KR: RESCUE_AND_POLICE('119', '112'),
  TW: RESCUE_AND_POLICE('119', '110'),
  CN: APART('119', '120', '110'),
  VN: APART('114', '115', '113'),
  NP: APART('101', '102', '100'),
  BR: APART('193', '192', '190'),
  US: ALL_IN('911'),
  CA: ALL_IN('911'),
  PH: ALL_IN('911'),
  GB: ALL_IN('999'),
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
