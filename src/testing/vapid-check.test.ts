import { describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { findVapidFault } from './vapid-check.ts';

const AUDIENCE = 'https://push.example';
const keys = webPush.generateVAPIDKeys();
const expected = { audience: AUDIENCE, publicKey: keys.publicKey };

function sign(audience = AUDIENCE, expires?: number): string {
  return webPush.getVapidHeaders(audience, 'mailto:op@buji.example', keys.publicKey, keys.privateKey, 'aes128gcm', expires)
    .Authorization;
}

describe('findVapidFault', () => {
  it('finds none in a header for this push service', () => {
    expect(findVapidFault(sign(), expected)).toBeNull();
    expect(findVapidFault(sign(), { ...expected, publicKey: null })).toBeNull();
  });

  it('finds what is wrong', () => {
    const other = webPush.generateVAPIDKeys();
    expect(findVapidFault(undefined, expected)).toBe('no vapid authorization');
    expect(findVapidFault(sign('https://elsewhere.example'), expected)).toBe('aud');
    expect(findVapidFault(sign(AUDIENCE, 1_000_000), expected)).toBe('exp');
    expect(findVapidFault(sign(), { ...expected, publicKey: other.publicKey })).toBe('not the key that was subscribed for');
    const foreign = sign().replace(keys.publicKey, other.publicKey);
    expect(findVapidFault(foreign, { ...expected, publicKey: null })).toBe('signature');
    const [header, claims, signature] = sign().slice('vapid t='.length).split('.');
    const edited = Buffer.from(
      Buffer.from(claims ?? '', 'base64url')
        .toString()
        .replace('op@', 'no@'),
    ).toString('base64url');
    expect(findVapidFault(`vapid t=${header}.${edited}.${signature}`, expected)).toBe('signature');
  });
});
