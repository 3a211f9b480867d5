import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import { RATES, REACHED_IDS_MAX } from '../contract/limits.ts';
import type { PushSubscription } from '../contract/push.ts';
import { type App, createApp } from '../http/app.ts';
import { sessionPlugin } from '../http/session.ts';
import { createAlerts } from '../store/alerts.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { createAllowList } from './providers.ts';
import { pushRoutes } from './routes.ts';

let service: FakePushService;
let world: AlertWorld;
let app: App;
let mum: Somebody;
let taken: string[];
let isLimited: boolean | string;
let isBusy: boolean;
let told: { status: string; author: string; isHelp: boolean }[];

beforeEach(async () => {
  taken = [];
  isLimited = false;
  isBusy = false;
  told = [];
  service = await startFakePushService();
  world = createAlertWorld(inject('redisUrl'), null);
  mum = await world.addPerson('Mum');
  app = await createApp({ log: pino({ level: 'silent' }), trustProxy: false, publicUrl: null, observe: () => undefined });
  await app.register(sessionPlugin, { sessions: world.stores.sessions, publicUrl: null, now: () => new Date() });
  await app.register(pushRoutes, {
    subscriptions: world.stores.pushSubscriptions,
    queues: world.queues,
    vapidPublicKey: 'the-key',
    allowList: createAllowList([service.origin]),
    originOf: (request) => `${request.protocol}://${request.host}`,
    limit: async (name, subject) => {
      taken.push(`${name} ${subject}`);
      if (isLimited === true || isLimited === name) throw new AppError('too-many-requests', { retryAfterSeconds: 5 });
    },
    admit: () => {
      if (isBusy) throw new AppError('unavailable');
    },
    reached: world.stores.reached,
    tellAuthors: (notices) => void told.push(...notices),
  });
});
afterEach(async () => {
  await app.close();
  await world.close();
  await service.close();
});

async function call(method: 'GET' | 'PUT' | 'DELETE' | 'POST', url: string, body?: object, token: string | null = mum.token) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), host: 'buji.example:3000' };
  const answer = await app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}
const put = (subscription: object) => call('PUT', '/v1/push/subscription', subscription);
const stored = () => world.stores.pushSubscriptions.get(mum.id, mum.session);

describe('GET /v1/push/key', () => {
  it('tells what to subscribe for', async () => {
    expect(await call('GET', '/v1/push/key', undefined, null)).toEqual({ status: 200, body: { publicKey: 'the-key' } });
  });
});

describe('PUT /v1/push/subscription', () => {
  it('keeps what a browser sends, whatever else is in it', async () => {
    const subscription = service.subscribe('Asia/Tokyo');
    const sent = {
      ...subscription,
      expirationTime: null,
      keys: { ...subscription.keys, more: 1 },
      options: { userVisibleOnly: true },
    };
    expect(await put(sent)).toEqual({ status: 204, body: null });
    expect(await stored()).toEqual({ ...subscription, provider: 'other', origin: 'http://buji.example:3000' });
    expect(taken).toEqual([`write ${mum.id}`]);
  });

  it('takes the subscription without a time zone that nobody knows', async () => {
    const { timeZone: _, ...rest } = service.subscribe('Mars/Olympus');
    expect((await put({ ...rest, timeZone: 'Mars/Olympus' })).status).toBe(204);
    expect(await stored()).not.toHaveProperty('timeZone');
  });

  it('replaces the one before', async () => {
    await put(service.subscribe());
    const next = service.subscribe();
    await put(next);
    expect(await stored()).toMatchObject({ endpoint: next.endpoint });
    expect(await world.stores.pushSubscriptions.list(mum.id)).toHaveLength(1);
  });

  it.each([
    'https://127.0.0.1/push',
    'https://10.0.0.8/push',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/push',
    'https://localhost/push',
    'http://fcm.googleapis.com/fcm/send/1',
    'https://fcm.googleapis.com:8443/fcm/send/1',
    'https://fcm.googleapis.com.evil.example/1',
    'https://user:pass@fcm.googleapis.com/1',
    'https://evil.example/push',
  ])('refuses %s', async (endpoint) => {
    expect(await put({ ...service.subscribe(), endpoint })).toMatchObject({
      status: 422,
      body: { code: 'push-host-not-allowed' },
    });
    expect(await stored()).toBeNull();
  });

  it.each([
    ['no keys', { keys: undefined }],
    ['a short key', { keys: { p256dh: 'AAAA', auth: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
    ['a key that is no point', { keys: { p256dh: 'B'.repeat(87), auth: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
    ['no URL', { endpoint: 'javascript:alert(1)' }],
    ['a huge URL', { endpoint: `https://fcm.googleapis.com/${'x'.repeat(2_048)}` }],
    ['a number', { endpoint: 5 }],
  ])('refuses %s', async (_, change) => {
    const subscription: Partial<PushSubscription> = service.subscribe();
    expect(await put({ ...subscription, ...change })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await stored()).toBeNull();
  });

  it('is for who is signed in, within the limits', async () => {
    expect(await call('PUT', '/v1/push/subscription', service.subscribe(), null)).toMatchObject({ status: 401 });
    isLimited = true;
    expect(await put(service.subscribe())).toMatchObject({ status: 429, body: { retryAfterSeconds: 5 } });
    expect(await stored()).toBeNull();
  });
});

describe('DELETE /v1/push/subscription', () => {
  it('turns alerts off on this device only, also twice', async () => {
    await put(service.subscribe());
    await world.redis.hset(world.keys.person.push(mum.id), 'another', 'fcm {"endpoint":"x"}');
    expect(await call('DELETE', '/v1/push/subscription')).toEqual({ status: 204, body: null });
    expect((await call('DELETE', '/v1/push/subscription')).status).toBe(204);
    expect(await world.stores.pushSubscriptions.list(mum.id)).toEqual([{ session: 'another', provider: 'fcm' }]);
    expect((await call('DELETE', '/v1/push/subscription', undefined, null)).status).toBe(401);
  });
});

describe('POST /v1/push/test', () => {
  it('queues one alert for this device', async () => {
    await put(service.subscribe());
    expect(await call('POST', '/v1/push/test')).toEqual({ status: 202, body: null });
    expect((await world.waitingPushes()).map(({ lane, data }) => ({ lane, ...data }))).toEqual([
      { lane: 'push-other', kind: 'test', person: mum.id, session: mum.session, circle: null, statuses: [] },
    ]);
    expect(taken.at(-1)).toBe(`testAlert ${mum.id}`);
  });

  it('says that alerts are not turned on here', async () => {
    expect(await call('POST', '/v1/push/test')).toMatchObject({ status: 409, body: { code: 'no-push-subscription' } });
  });
});

describe('POST /v1/push/reached', () => {
  let ken: Somebody;
  let posted: string[];
  const report = (ids: string[], token = mum.token) => call('POST', '/v1/push/reached', { ids }, token);
  const reached = (status = posted[0] ?? '') => world.stores.reached.count(status);

  beforeEach(async () => {
    ken = await world.addPerson('Ken');
    const family = await world.createCircle('Family', [ken, mum]);
    const statuses = await world.post({ author: ken, circles: [family] }, { author: ken, circles: [family], condition: 'help' });
    posted = statuses.map(({ id }) => id);
    await world.stores.pushSubscriptions.put(mum.id, mum.session, {
      ...service.subscribe(),
      provider: 'other',
      origin: service.origin,
    });
    const now = new Date();
    const alerts = createAlerts(world.redis, world.keys);
    await alerts.claim(mum.id, `digest-${family}-1`, posted.slice(0, 1), now);
    await alerts.claim(mum.id, `help-${family}-${posted[1]}`, posted.slice(1), now);
  });

  it('counts whoever was alerted, once', async () => {
    expect(await Promise.all([report(posted), report(posted)])).toEqual([
      { status: 204, body: null },
      { status: 204, body: null },
    ]);
    expect(await Promise.all(posted.map((id) => reached(id)))).toEqual([1, 1]);
    expect(taken).toEqual([`reachedHelp ${mum.session}`, `reachedHelp ${mum.session}`]);
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining(posted.map((status, index) => ({ status, author: ken.id, isHelp: index === 1 }))),
    );
  });

  it('answers the same, and counts nothing, for statuses that the device was not alerted of', async () => {
    const same = { status: 204, body: null };
    expect(await report(posted, ken.token)).toEqual(same);
    expect(await report([uuidv7()])).toEqual(same);
    expect(await report(posted, (await world.addPerson('Stranger')).token)).toEqual(same);
    await world.stores.pushSubscriptions.remove(mum.id, mum.session);
    expect(await report(posted)).toEqual(same);
    expect(await reached()).toBe(0);
  });

  it('is limited, and *help* by a wide rate of its own', async () => {
    isLimited = 'reached';
    expect(await report(posted.slice(0, 1))).toMatchObject({ status: 429, body: { retryAfterSeconds: 5 } });
    expect((await report(posted)).status).toBe(204);
    expect(await Promise.all(posted.map((id) => reached(id)))).toEqual([1, 1]);
    isLimited = 'reachedHelp';
    expect((await report(posted)).status).toBe(429);
    expect(RATES.reachedHelp[0]).toBeGreaterThanOrEqual(10 * RATES.reached[0]);
  });

  it('is put off while many post, except for *help*', async () => {
    isBusy = true;
    expect((await report(posted.slice(0, 1))).status).toBe(503);
    expect((await report(posted.slice(1))).status).toBe(204);
    expect(await Promise.all(posted.map((id) => reached(id)))).toEqual([0, 1]);
  });

  it('takes ids only, and no more than an alert carries', async () => {
    for (const ids of [[], ['x'], Array.from({ length: REACHED_IDS_MAX + 1 }, () => uuidv7()), [posted[0], posted[0]]]) {
      expect((await report(ids as string[])).status).toBe(400);
    }
    expect((await report(Array.from({ length: REACHED_IDS_MAX }, () => uuidv7()))).status).toBe(204);
  });
});
