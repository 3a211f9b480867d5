import { randomBytes } from 'node:crypto';
import { hashSecret } from '../platform/secret.ts';

/** Crockford's base 32: no I, L, O, U, so that a code read from paper or from another screen comes out right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random code in groups of so many characters, 5 bits each, with hyphens between: `[4, 4]` is `XXXX-XXXX`. */
export function createTypedCode(groups: readonly number[]): string {
  return groups.map((length) => [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join('')).join('-');
}

/** What was typed, as it was printed: case, spaces and hyphens do not matter, O is 0, I and L are 1. Full-width forms are folded. */
function normalize(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** What is stored of a code, however it was typed. */
export function hashTypedCode(code: string): string {
  return hashSecret(normalize(code));
}
