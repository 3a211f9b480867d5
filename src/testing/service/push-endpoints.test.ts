import { describe, expect, it } from 'vitest';
import { must } from '../client.ts';
import { createPushReceiver } from '../push-receiver.ts';
import { useService } from '../use-service.ts';

const suite = useService({ env: { PUSH_ALLOWED_HOSTS: 'push.town.example,*.relay.example' } });
const subscriptionFor = (endpoint: string) => ({ endpoint, expirationTime: null, keys: createPushReceiver().keys });
interface Me {
  devices: { alerts: boolean }[];
}

describe('PUT /v1/push/subscription', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/QABC',
    'https://wns2-pn1p.notify.windows.com/w/?token=abc',
    'https://fcm.googleapis.com:443/fcm/send/abc',
    'https://FCM.googleapis.com/fcm/send/abc',
    'https://push.town.example/1',
    'https://eu.relay.example/1',
  ])('takes %s', async (endpoint) => {
    const client = await suite.person();
    await must(client, 204, 'PUT', '/v1/push/subscription', subscriptionFor(endpoint));
    expect((await must<Me>(client, 200, 'GET', '/v1/me')).devices).toMatchObject([{ alerts: true }]);
    await must(client, 204, 'DELETE', '/v1/push/subscription');
    await must(client, 204, 'DELETE', '/v1/push/subscription');
    expect((await must<Me>(client, 200, 'GET', '/v1/me')).devices).toMatchObject([{ alerts: false }]);
  });

  it.each([
    'https://127.0.0.1/push',
    'https://127.1/push',
    'https://2130706433/push',
    'https://0x7f.0.0.1/push',
    'https://0/push',
    'https://10.0.0.8/push',
    'https://192.168.1.1/push',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/push',
    'https://[::ffff:127.0.0.1]/push',
    'https://[fd00::1]/push',
    'https://[fe80::1%25eth0]/push',
    'https://localhost/push',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://fcm.googleapis.com@127.0.0.1/push',
    'https://user:secret@fcm.googleapis.com/push',
    'https://fcm.googleapis.com:secret@evil.example/push',
    'https://fcm.googleapis.com:8443/push',
    'https://fcm.googleapis.com:22/push',
    'http://fcm.googleapis.com/push',
    'https://fcm.googleapis.com.evil.example/push',
    'https://evil-fcm.googleapis.com/push',
    'https://push.apple.com.evil.example/push',
    'https://evilpush.apple.com/push',
    'https://xn--fcm-googleapis-com.example/push',
    'https://fcm.googleapis.com。evil.example/push',
    'https://fcm.googleapis.com%2f@evil.example/push',
    'https://evil.example#@fcm.googleapis.com/push',
    'https://evil.example?fcm.googleapis.com',
    'https://relay.example.evil/push',
    'https://town.example/push',
  ])('refuses %s', async (endpoint) => {
    const client = await suite.person();
    const answer = await client.call<{ detail: string }>('PUT', '/v1/push/subscription', subscriptionFor(endpoint));
    expect(answer).toMatchObject({ status: 422, body: { code: 'push-host-not-allowed' } });
    expect(answer.body.detail).not.toContain('evil');
    expect((await must<Me>(client, 200, 'GET', '/v1/me')).devices).toMatchObject([{ alerts: false }]);
    expect(await client.call('POST', '/v1/push/test')).toMatchObject({ status: 409, body: { code: 'no-push-subscription' } });
  });

  it.each([
    ['other schemes', { endpoint: 'file:///etc/passwd' }],
    ['no URL at all', { endpoint: 'fcm.googleapis.com/push' }],
    ['an endpoint longer than any browser makes', { endpoint: `https://fcm.googleapis.com/${'x'.repeat(2_048)}` }],
    ['a key that is no point of the curve', { keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) } }],
    ['keys of another size', { keys: { p256dh: 'AAAA', auth: 'AAAA' } }],
    ['no keys', { keys: {} }],
  ])('refuses %s', async (_name, wrong) => {
    const client = await suite.person();
    const subscription = { ...subscriptionFor('https://fcm.googleapis.com/fcm/send/abc'), ...wrong };
    expect(await client.call('PUT', '/v1/push/subscription', subscription)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect((await must<Me>(client, 200, 'GET', '/v1/me')).devices).toMatchObject([{ alerts: false }]);
  });

  it('keeps what was there when a later one is refused', async () => {
    const client = await suite.person();
    await must(client, 204, 'PUT', '/v1/push/subscription', subscriptionFor('https://fcm.googleapis.com/fcm/send/abc'));
    await must(client, 422, 'PUT', '/v1/push/subscription', subscriptionFor('https://127.0.0.1/'));
    expect((await must<Me>(client, 200, 'GET', '/v1/me')).devices).toMatchObject([{ alerts: true }]);
  });
});

describe('GET /v1/push/key', () => {
  it('is the same at every process', async () => {
    const keys = await Promise.all([1, 2, 3, 4].map(() => suite.ask<{ publicKey: string }>('GET', '/v1/push/key')));
    expect(new Set(keys.map(({ body }) => body.publicKey)).size).toBe(1);
    expect(keys[0]?.body.publicKey).toMatch(/^[A-Za-z0-9_-]{87}$/);
  });
});
