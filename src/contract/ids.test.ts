import { Value } from 'typebox/value';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { Id, InviteToken, isId, Time } from './ids.ts';

describe('isId', () => {
  it('knows a UUIDv7, and agrees with the schema', () => {
    const id = uuidv7();
    expect(isId(id)).toBe(true);
    expect(Value.Check(Id, id)).toBe(true);
  });

  it.each([
    uuidv7().toUpperCase(),
    'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    '01900000-0000-7000-c000-000000000000',
    '0190000000007000800000000000000',
    `${uuidv7()}\n`,
    ` ${uuidv7()}`,
    '',
    '*',
  ])('refuses %j, and so does the schema', (text) => {
    expect(isId(text)).toBe(false);
    expect(Value.Check(Id, text)).toBe(false);
  });
});

describe('Time', () => {
  it('is what toISOString writes for every year of four digits', () => {
    for (const time of [0, Date.parse('2026-03-11T05:52:10.001Z'), Date.parse('9999-12-31T23:59:59.999Z')]) {
      expect(Value.Check(Time, new Date(time).toISOString())).toBe(true);
    }
  });

  it.each([
    '2026-03-11T05:52:10Z',
    '2026-03-11T05:52:10.000+09:00',
    '2026-13-11T05:52:10.000Z',
    '2026-03-11',
    '+010000-01-01T00:00:00.000Z',
  ])('refuses %s', (text) => {
    expect(Value.Check(Time, text)).toBe(false);
  });
});

describe('InviteToken', () => {
  it('admits base64url of 128 bits and more, and nothing that needs escaping in a URL', () => {
    expect(Value.Check(InviteToken, 'A'.repeat(22))).toBe(true);
    for (const text of ['A'.repeat(21), 'A'.repeat(65), `${'A'.repeat(22)}/`, `${'A'.repeat(22)}=`, `${'A'.repeat(22)}%2e`]) {
      expect(Value.Check(InviteToken, text)).toBe(false);
    }
  });
});
