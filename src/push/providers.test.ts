import { describe, expect, it } from 'vitest';
import { createAllowList } from './providers.ts';

const allowList = createAllowList(['push.town.example', '*.relay.example', 'http://127.0.0.1:9999']);

describe('createAllowList', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', 'fcm'],
    ['https://jmt17.google.com/fcm/send/abc', 'fcm'],
    ['https://FCM.googleapis.com:443/fcm/send/abc', 'fcm'],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', 'mozilla'],
    ['https://web.push.apple.com/abc', 'apple'],
    ['https://wns2-par02p.notify.windows.com/w/?token=abc', 'windows'],
    ['https://push.town.example/abc', 'other'],
    ['https://a.b.relay.example/abc', 'other'],
  ])('knows %s', (endpoint, provider) => {
    expect(allowList.find(endpoint)).toMatchObject({ provider, isTrusted: false });
  });

  it('takes the operator at their word for a whole origin, and only that one', () => {
    expect(allowList.find('http://127.0.0.1:9999/push/1')).toEqual({
      provider: 'other',
      endpoint: new URL('http://127.0.0.1:9999/push/1'),
      origin: 'http://127.0.0.1:9999',
      isTrusted: true,
    });
    expect(allowList.find('http://127.0.0.1:9998/push/1')).toBeNull();
    expect(allowList.find('https://127.0.0.1:9999/push/1')).toBeNull();
    expect(allowList.find('http://user:pass@127.0.0.1:9999/push/1')).toBeNull();
  });

  it.each([
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com@10.0.0.1/x',
    'https://user@fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://evil.example/#fcm.googleapis.com',
    'https://evilpush.apple.com.example/x',
    'https://push.apple.com/x',
    'https://evilnotify.windows.com/x',
    'https://fcm.googleapis.com./x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://localhost/x',
    'https://relay.example/x',
    'ftp://fcm.googleapis.com/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    '',
  ])('refuses %s', (endpoint) => {
    expect(allowList.find(endpoint)).toBeNull();
  });
});
