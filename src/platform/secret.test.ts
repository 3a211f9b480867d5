import { expect, it } from 'vitest';
import { createSecret, hashSecret } from './secret.ts';

it('makes secrets of at least 128 random bits', () => {
  expect(Buffer.from(createSecret(), 'base64url')).toHaveLength(32);
  expect(createSecret()).not.toBe(createSecret());
});

it('hashes as SHA-256 in hex (FIPS 180-4, "abc")', () => {
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
