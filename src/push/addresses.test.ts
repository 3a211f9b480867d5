import { describe, expect, it } from 'vitest';
import { InsideAddressError, isPublicAddress, lookupPublic } from './addresses.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '142.250.196.10', '2404:6800:4004:80a::200a', '64:ff9b::8.8.8.8', '100.63.255.255', '172.32.0.1'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not an address',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('lookupPublic', () => {
  it.each([true, false])('refuses a name that points inside (all: %s)', async (all) => {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all }, resolve));
    expect(error).toBeInstanceOf(InsideAddressError);
  });

  it('passes on that a name is unknown', async () => {
    const error = await new Promise((resolve) => lookupPublic('nobody.invalid', { all: true }, resolve));
    expect(error).toMatchObject({ code: expect.stringMatching(/^E/) });
  });
});
