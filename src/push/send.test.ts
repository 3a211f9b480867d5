import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { createPushClient, type PushClient } from './client.ts';
import { createAllowList } from './providers.ts';
import { createSender, judge, type SendPush } from './send.ts';
import { createVapidHeaders } from './vapid-headers.ts';

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
const message = { payload: '{"web_push":8030}', ttlSeconds: 60, urgency: 'high', topic: 'topic' } as const;
const NOW = new Date('2026-03-11T05:52:10.000Z');
/** Short enough for a test; a local service answers within a few ms. */
const DEADLINE_MS = 300;

let service: FakePushService;
let client: PushClient;
let counted: string[];
let lines: string[];
let send: SendPush;

function createSenderFor(hosts: string[]): SendPush {
  return createSender({
    allowList: createAllowList(hosts),
    client,
    headers: createVapidHeaders(vapid),
    log: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    metrics: { countPush: (provider, outcome) => counted.push(`${provider} ${outcome}`) },
    now: () => NOW,
  });
}

beforeEach(async () => {
  service = await startFakePushService(vapid.publicKey);
  client = createPushClient(DEADLINE_MS);
  counted = [];
  lines = [];
  send = createSenderFor([service.origin]);
});
afterEach(async () => {
  await client.close();
  await service.close();
});

describe('createSender', () => {
  it('delivers what the browser can decrypt, with TTL, Urgency and Topic', async () => {
    const subscription = service.subscribe();
    expect(await send(subscription, message, {})).toEqual({ outcome: 'delivered' });
    expect(service.faults).toEqual([]);
    expect(service.delivered(subscription.endpoint)).toMatchObject([
      { payload: { web_push: 8030 }, headers: { ttl: '60', urgency: 'high', topic: 'topic' } },
    ]);
    expect(counted).toEqual(['other delivered']);
  });

  it('sends the same VAPID header again instead of signing each push', async () => {
    for (const subscription of [service.subscribe(), service.subscribe(), service.subscribe()])
      await send(subscription, message, {});
    expect(new Set(service.received.map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [429, 'retry-later'],
    [500, 'retry-later'],
    [503, 'retry-later'],
    ['hang', 'retry-later'],
    ['reset', 'retry-later'],
    ['redirect', 'retry-later'],
    ['trickle', 'delivered'],
    [413, 'rejected'],
    [400, 'rejected'],
  ] as const)('calls %s %s', async (behaviour, outcome) => {
    const subscription = service.subscribe();
    service.behave(behaviour, subscription.endpoint);
    expect(await send(subscription, message, {})).toMatchObject({ outcome });
    expect(service.received).toHaveLength(1);
    expect(counted).toEqual([`other ${outcome}`]);
  });

  it('gives up on a service that trickles at the one deadline', async () => {
    const subscription = service.subscribe();
    service.behave('trickle', subscription.endpoint);
    const started = performance.now();
    await send(subscription, message, {});
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS * 3);
  });

  it('raises an alarm and signs anew when our key is refused', async () => {
    const subscription = service.subscribe();
    service.behave(403, subscription.endpoint);
    expect(await send(subscription, message, { job: 'j1' })).toEqual({ outcome: 'rejected' });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 50, job: 'j1', msg: expect.stringContaining('ALARM') },
    ]);
    await send(subscription, message, {});
    expect(new Set(service.received.map(({ headers }) => headers.authorization)).size).toBe(2);
  });

  it('asks nobody about an endpoint that is not allowed', async () => {
    const subscription = service.subscribe();
    expect(await createSenderFor([])(subscription, message, {})).toEqual({ outcome: 'rejected' });
    expect(service.received).toEqual([]);
  });

  it('does not connect to an allowed name that points inside', async () => {
    const inside = { ...service.subscribe(), endpoint: 'https://localhost/push/1' };
    expect(await createSenderFor(['localhost'])(inside, message, {})).toEqual({ outcome: 'retry-later', retryAfterMs: null });
    expect(lines.join()).toContain('InsideAddressError');
  });

  it('rejects keys that are no point on the curve', async () => {
    const subscription = { ...service.subscribe(), keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
    expect(await send(subscription, message, {})).toEqual({ outcome: 'rejected' });
  });

  it('logs no endpoint, key or payload', async () => {
    const subscription = service.subscribe();
    for (const behaviour of ['hang', 'reset', 403, 413, 500] as const) {
      service.behave(behaviour, subscription.endpoint);
      await send(subscription, message, { job: 'j1' });
    }
    for (const secret of [subscription.endpoint, new URL(subscription.endpoint).pathname, subscription.keys.auth, '8030']) {
      expect(lines.join()).not.toContain(secret);
    }
  });
});

describe('judge', () => {
  it.each([
    ['120', 120_000],
    ['Wed, 11 Mar 2026 05:53:10 GMT', 60_000],
    ['Wed, 11 Mar 2026 05:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('reads Retry-After %s', (retryAfter, retryAfterMs) => {
    expect(judge({ statusCode: 429, retryAfter }, NOW)).toEqual({ outcome: 'retry-later', retryAfterMs });
  });
});
