import { describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { createVapidHeaders } from './vapid-headers.ts';

const HOUR = 3_600_000;
const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };

function claimsOf(header: string): { aud: string; exp: number; sub: string } {
  const token = /^vapid t=([^,]+), k=/.exec(header)?.[1] ?? '';
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

describe('createVapidHeaders', () => {
  it('signs once for each push service and reuses the header for hours', () => {
    const start = Date.now();
    let now = start;
    const headers = createVapidHeaders(vapid, () => now);
    const first = headers.authorization('https://a.example');
    now = start + 5 * HOUR;
    expect(headers.authorization('https://a.example')).toBe(first);
    expect(headers.authorization('https://b.example')).not.toBe(first);
    now = start + 7 * HOUR;
    expect(headers.authorization('https://a.example')).not.toBe(first);
  });

  it('signs for that push service and less than a day ahead', () => {
    const claims = claimsOf(createVapidHeaders(vapid).authorization('https://a.example'));
    expect(claims).toMatchObject({ aud: 'https://a.example', sub: vapid.subject });
    expect(claims.exp * 1_000 - Date.now()).toBeGreaterThan(6 * HOUR);
    expect(claims.exp * 1_000 - Date.now()).toBeLessThan(24 * HOUR);
  });

  it('signs again when the clock was set back', () => {
    const start = Date.now();
    let now = start + 10 * HOUR;
    const headers = createVapidHeaders(vapid, () => now);
    const first = headers.authorization('https://a.example');
    now = start;
    expect(headers.authorization('https://a.example')).not.toBe(first);
  });

  it('signs again after the push service did not take it', () => {
    const headers = createVapidHeaders(vapid);
    const first = headers.authorization('https://a.example');
    headers.forget('https://a.example');
    expect(headers.authorization('https://a.example')).not.toBe(first);
  });
});
