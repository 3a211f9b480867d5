import { describe, expect, it } from 'vitest';
import { EMERGENCY_COUNTRIES, findEmergency } from './emergency.ts';

describe('findEmergency', () => {
  it('names the rescuers before the police', () => {
    expect(findEmergency('JP')).toEqual([
      { number: '119', reaches: 'rescue' },
      { number: '110', reaches: 'police' },
    ]);
    for (const country of EMERGENCY_COUNTRIES) expect(findEmergency(country)[0]?.reaches, country).not.toBe('police');
  });

  it('has 112 where it knows no better', () => {
    expect(findEmergency('ZZ')).toEqual([{ number: '112', reaches: 'any' }]);
    expect(findEmergency(undefined)).toEqual([{ number: '112', reaches: 'any' }]);
  });
});
