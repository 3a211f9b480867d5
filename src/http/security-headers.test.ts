import { expect, it } from 'vitest';
import { readSecurityHeaders } from './security-headers.ts';

it('are those of helmet, and nothing that belongs to one answer alone', async () => {
  const headers = await readSecurityHeaders('https://b.example');
  expect(new Set(Object.keys(headers))).toEqual(
    new Set([
      'content-security-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-dns-prefetch-control',
      'x-download-options',
      'x-frame-options',
      'x-permitted-cross-domain-policies',
      'x-xss-protection',
    ]),
  );
});
