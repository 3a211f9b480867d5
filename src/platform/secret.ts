import { hash, randomBytes } from 'node:crypto';

/** SHA-256 in hex: tokens are random, so a fast hash is enough (no guessing), and a dump of Redis signs nobody in. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** 256 random bits, base64url. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}
