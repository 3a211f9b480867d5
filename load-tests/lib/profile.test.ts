import { describe, expect, it } from 'vitest';
import { phasesOf, readProfile } from './profile.ts';

describe('the profile of a spike', () => {
  const profile = readProfile('spike', { BASE_RATE: '10', CALM: '10s', FIRST: '10', HOLD: '20', AFTER: '30s' });

  it('has its phases end to end', () => {
    expect(phasesOf(profile.stages)).toEqual([
      { name: 'calm', from: 0, to: 10 },
      { name: 'rise', from: 10, to: 15 },
      { name: 'peak', from: 15, to: 46 },
      { name: 'fall', from: 46, to: 51 },
      { name: 'after', from: 51, to: 87 },
    ]);
  });

  it('refuses what is no figure', () => {
    expect(() => readProfile('spike', { BASE_RATE: 'fast' })).toThrow('BASE_RATE must be a number');
    expect(() => readProfile('soak', { DURATION: 'long' })).toThrow('DURATION must be a time');
  });
});
