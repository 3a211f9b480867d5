import { PassThrough } from 'node:stream';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { type PushAlert, type PushJob, QUEUES } from '../platform/jobs.ts';
import { createLogger } from '../platform/logger.ts';
import { startWorker } from '../platform/queues.ts';
import { createAlertFacts } from '../store/alert-facts.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { openRedis, type PrivateRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { waitFor } from '../testing/wait-for.ts';
import { createPushClient } from './client.ts';
import { createComposer } from './compose.ts';
import { createPushProcessor } from './consumer.ts';
import { Lane } from './lane.ts';
import { createAllowList } from './providers.ts';
import { createSender, type SendPush } from './send.ts';
import { createVapidHeaders } from './vapid-headers.ts';

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
const LANE = QUEUES.push('other');
const now = () => new Date();

let own: PrivateRedis;
let operator: Redis;
let service: FakePushService;
let world: AlertWorld;
let closers: (() => Promise<unknown>)[];
let logged: string;
let mum: Somebody;
let dad: Somebody;
let sis: Somebody;
let family: string;
let send: SendPush;

beforeEach(async () => {
  own = await startPrivateRedis();
  operator = openRedis(own.url);
  service = await startFakePushService(vapid.publicKey);
  world = createAlertWorld(own.url, service);
  mum = await world.addPerson('Mum');
  dad = await world.addPerson('Dad');
  sis = await world.addPerson('Sis');
  family = await world.createCircle('Family', [mum, dad, sis]);
  closers = [];
  logged = '';
});
afterEach(async () => {
  await setFull(false);
  for (const close of closers) await close();
  await world.close();
  await service.close();
  operator.disconnect();
  await own.remove();
});

const setFull = (isFull: boolean) => operator.config('SET', 'maxmemory', isFull ? '1' : '256mb');

/** Works on pages as `workers.ts` does. @param around what happens around each send */
function startWork(around: (endpoint: string, sendIt: SendPush) => SendPush, stores: Partial<AlertWorld['stores']> = {}): void {
  const { redis, keys, openWorkerConnection } = world;
  const { statuses, pushSubscriptions } = { ...world.stores, ...stores };
  const stream = new PassThrough();
  stream.on('data', (chunk) => {
    logged += chunk;
  });
  const log = createLogger('debug', stream);
  const metrics = { countPush: () => undefined };
  const client = createPushClient();
  const headers = createVapidHeaders(vapid, Date.now);
  send = createSender({ allowList: createAllowList([service.origin]), client, headers, log, metrics, now });
  const lane = new Lane({ now: () => performance.now(), onState: () => undefined });
  const process = createPushProcessor({
    compose: createComposer({
      facts: createAlertFacts(redis, keys, statuses),
      subscriptions: pushSubscriptions,
      publicUrl: 'https://buji.example',
      now,
    }),
    send: (subscription, ...rest) => around(subscription.endpoint, send)(subscription, ...rest),
    lane,
    subscriptions: pushSubscriptions,
    statuses,
    metrics,
    log,
    now,
  });
  const settings = { name: LANE, prefix: keys.queue(LANE), redis: openWorkerConnection(), concurrency: 1 };
  const worker = startWorker<PushJob>({ ...settings, process, log });
  closers.push(
    async () => lane.close(),
    () => worker.close(),
    () => client.close(),
  );
}

async function addPage(...people: Somebody[]): Promise<string> {
  const [status] = await world.post({ author: mum, circles: [family] });
  const id = status?.id ?? '';
  const alerts = people.map(
    ({ id: person, session }): PushAlert => ({ kind: 'digest', person, session, circle: family, statuses: [id] }),
  );
  await world.queues.get<PushJob>(LANE).add('page', { kind: 'page', alerts });
  return id;
}
const askedFor = ({ endpoint }: Somebody) => service.received.filter((push) => push.endpoint === endpoint).length;
const isIdle = async () => {
  const counts = await world.queues.get(LANE).getJobCounts('waiting', 'active', 'delayed', 'failed');
  return Object.values(counts).every((count) => count === 0);
};
function expectNoAddressLogged(): void {
  for (const { endpoint } of [dad, sis]) expect(logged).not.toContain(new URL(endpoint).pathname);
}

describe('a page whose outcome Redis cannot take', () => {
  it('is sent once, though nothing says whom it reached', async () => {
    startWork((_, sendIt) => async (...args) => {
      await setFull(true);
      return sendIt(...args);
    });
    const status = await addPage(dad, sis);
    await waitFor(isIdle);
    expect([askedFor(dad), askedFor(sis)]).toEqual([1, 1]);
    expect(await world.stores.statuses.countAlerted(status)).toBe(0);
    expect(logged).toContain('whom an alert reached not written down');
    expectNoAddressLogged();
  });

  it('is tried again with those alone that are left', async () => {
    service.behave(503, sis.endpoint);
    startWork((_, sendIt) => async (...args) => {
      await setFull(true);
      return sendIt(...args);
    });
    await addPage(dad, sis);
    await waitFor(() => askedFor(sis) === 3);
    expect(askedFor(dad)).toBe(1);
    service.behave(201, sis.endpoint);
    await waitFor(isIdle);
    expect([askedFor(dad), service.delivered(sis.endpoint).length]).toEqual([1, 1]);
    expect(logged).toContain('alerts that are done not written down');
    expectNoAddressLogged();
  });

  it('sends on after a bug with one device, with those alone that are left', async () => {
    let bugs = 2;
    startWork((endpoint, sendIt) => async (...args) => {
      if (endpoint === sis.endpoint && bugs-- > 0) throw new Error('bug');
      return sendIt(...args);
    });
    const status = await addPage(sis, dad);
    await waitFor(isIdle);
    expect([askedFor(dad), askedFor(sis)]).toEqual([1, 1]);
    expect(await world.stores.statuses.countAlerted(status)).toBe(2);
  });

  it('is sent once where a subscription that is gone cannot be removed', async () => {
    service.behave(410, sis.endpoint);
    const removeGone = () => Promise.reject(new Error('Command timed out'));
    startWork((_, sendIt) => sendIt, { pushSubscriptions: { ...world.stores.pushSubscriptions, removeGone } });
    await addPage(dad, sis);
    await waitFor(isIdle);
    expect([askedFor(dad), askedFor(sis)]).toEqual([1, 1]);
    expect(await world.stores.pushSubscriptions.list(sis.id)).toHaveLength(1);
    expectNoAddressLogged();
  });
});
