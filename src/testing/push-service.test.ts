import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { type FakePushService, startFakePushService } from './push-service.ts';

const vapidDetails = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
let service: FakePushService;
beforeAll(async () => {
  service = await startFakePushService(vapidDetails.publicKey);
});
afterAll(() => service.close());

/** Sends by the sender's library, which knows nothing of our service. */
function send(subscription: webPush.PushSubscription, payload: string, options: webPush.RequestOptions = {}): Promise<Response> {
  const { endpoint, headers, body } = webPush.generateRequestDetails(subscription, payload, {
    vapidDetails,
    TTL: 60,
    ...options,
  });
  const { 'Content-Length': _, ...rest } = headers as Record<string, string>;
  return fetch(endpoint, { method: 'POST', headers: rest, body: new Uint8Array(body), redirect: 'manual' });
}

describe('startFakePushService', () => {
  it('takes what a browser could read', async () => {
    const subscription = service.subscribe();
    expect((await send(subscription, '{"web_push":8030}', { topic: 'abc', urgency: 'high' })).status).toBe(201);
    expect(service.delivered(subscription.endpoint)).toMatchObject([
      { payload: { web_push: 8030 }, headers: { topic: 'abc', ttl: '60' } },
    ]);
    expect(service.faults).toEqual([]);
  });

  it('refuses what no push service would take', async () => {
    const subscription = service.subscribe();
    const before = service.received.length;
    expect((await send(subscription, '{}', { vapidDetails: { ...vapidDetails, ...webPush.generateVAPIDKeys() } })).status).toBe(
      400,
    );
    expect((await send(subscription, 'x'.repeat(5_000))).status).toBe(413);
    expect((await send({ ...subscription, keys: service.subscribe().keys }, '{}')).status).toBe(400);
    expect((await send({ ...subscription, endpoint: `${service.origin}/push/none` }, '{}')).status).toBe(400);
    expect(service.received.length).toBe(before);
    expect(service.faults).toHaveLength(4);
  });

  it('misbehaves as told, for one subscription or for all', async () => {
    const [one, other] = [service.subscribe(), service.subscribe()];
    service.behave({ status: 429, headers: { 'retry-after': '7' } }, one.endpoint);
    const refused = await send(one, '{}');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await send(other, '{}')).status).toBe(201);
    service.behave('reset');
    await expect(send(other, '{}')).rejects.toThrow();
    service.behave('redirect');
    expect((await send(other, '{}')).status).toBe(307);
    service.behave(201);
    expect(service.delivered(other.endpoint)).toHaveLength(1);
  });
});
