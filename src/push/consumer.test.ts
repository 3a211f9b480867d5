import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import webPush from 'web-push';
import { type PushAlert, type PushJob, QUEUES } from '../platform/jobs.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { type FakePushService, type ReceivedPush, startFakePushService } from '../testing/push-service.ts';
import { waitFor } from '../testing/wait-for.ts';
import { retryDelay } from './consumer.ts';
import { startPushWorkers } from './workers.ts';

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
/** Long enough for a loaded machine, short enough to wait for. */
const DEADLINE_MS = 500;

let service: FakePushService;
let world: AlertWorld;
let workers: { close(): Promise<void> };
let counted: string[];
let mum: Somebody;
let dad: Somebody;
let sis: Somebody;
let family: string;

beforeEach(async () => {
  counted = [];
  service = await startFakePushService(vapid.publicKey);
  world = createAlertWorld(inject('redisUrl'), service);
  mum = await world.addPerson('Mum');
  dad = await world.addPerson('Dad', { locale: 'ja', timeZone: 'Asia/Tokyo' });
  sis = await world.addPerson('Sis');
  family = await world.createCircle('Family', [mum, dad, sis]);
  workers = startPushWorkers({
    redis: world.redis,
    openWorkerConnection: world.openWorkerConnection,
    keys: world.keys,
    log: pino({ level: 'silent' }),
    metrics: {
      countPush: (provider, outcome) => counted.push(`${provider} ${outcome}`),
      setPushLane: () => undefined,
    },
    statusShards: 1,
    statusTtlSeconds: 3_600,
    publicUrl: 'https://buji.example',
    vapid,
    allowedHosts: [service.origin],
    now: () => new Date(),
    deadlineMs: DEADLINE_MS,
  });
});
afterEach(async () => {
  await workers.close();
  await world.close();
  expect(service.faults).toEqual([]);
  await service.close();
});

type Target = Pick<Somebody, 'id' | 'session'>;
async function push(
  kind: PushAlert['kind'],
  { id: person, session }: Target,
  statuses: { id: string }[] = [],
  more: Partial<PushAlert> = {},
) {
  const lane = kind === 'help' || kind === 'withdrawn' ? QUEUES.pushHelp('other') : QUEUES.push('other');
  const circle = kind === 'test' || kind === 'device' ? null : family;
  const job: PushAlert = { kind, person, session, circle, statuses: statuses.map(({ id }) => id), ...more };
  await world.queues.get<PushJob>(lane).add(kind, job);
}
/** Waits for one outcome; `skipped-…` and the outcomes of sending alike. */
const outcome = (wanted: string) =>
  waitFor(() => counted.includes(`other ${wanted}`), { describe: () => `${wanted}, got ${counted}` });
const alertTo = ({ endpoint }: { endpoint: string }): Promise<ReceivedPush> => waitFor(() => service.delivered(endpoint).at(-1));

describe('a push service that fails', () => {
  it.each([404, 410])('with %s loses exactly that subscription', async (status) => {
    const other = await world.addDevice(sis);
    service.behave(status, sis.endpoint);
    const statuses = await world.post({ author: mum, circles: [family] });
    await push('digest', sis, statuses);
    await push('digest', { ...sis, session: other.session }, statuses);
    await alertTo(other);
    await waitFor(async () => (await world.stores.pushSubscriptions.get(sis.id, sis.session)) === null);
    expect(await world.stores.pushSubscriptions.list(sis.id)).toEqual([{ session: other.session, provider: 'other' }]);
    expect(await world.stores.pushSubscriptions.list(dad.id)).toHaveLength(1);
    expect(service.received).toHaveLength(2);
  });

  it.each([429, 500, 503, 'hang', 'reset', 'redirect'] as const)(
    'with %s loses nothing and is tried again',
    async (behaviour) => {
      service.behave(behaviour, sis.endpoint);
      const statuses = await world.post({ author: mum, circles: [family], condition: 'help' });
      await push('help', sis, statuses);
      await outcome('retry-later');
      expect(await world.stores.pushSubscriptions.list(sis.id)).toHaveLength(1);
      service.behave(201, sis.endpoint);
      expect((await alertTo(sis)).payload.notification.title).toBe('Mum needs help');
      expect(service.delivered()).toHaveLength(1);
      await waitFor(async () => (await world.stores.statuses.countAlerted(statuses[0]?.id ?? '')) === 1);
    },
  );

  it.each([400, 401, 403, 413] as const)('with %s loses nothing and is not asked again', async (behaviour) => {
    service.behave(behaviour, sis.endpoint);
    await push('digest', sis, await world.post({ author: mum, circles: [family] }));
    await waitFor(async () => (await world.queues.get(QUEUES.push('other')).getFailedCount()) === 1);
    expect(await world.stores.pushSubscriptions.list(sis.id)).toHaveLength(1);
    expect(service.received).toHaveLength(1);
  });

  it('is left alone for as long as it asks, and what changed meanwhile counts', async () => {
    service.behave({ status: 429, headers: { 'retry-after': '2' } }, sis.endpoint);
    const statuses = await world.post({ author: mum, circles: [family] });
    const started = performance.now();
    await push('digest', sis, statuses);
    await outcome('retry-later');
    await world.stores.members.remove(family, sis.id, 'leave');
    await outcome('skipped-not-member');
    expect(performance.now() - started).toBeGreaterThan(2_000);
    expect(service.received).toHaveLength(1);
  });
});

describe('retryDelay', () => {
  it('grows, has an end, and never undercuts the push service', () => {
    expect(retryDelay('help', 1, null)).toBeLessThanOrEqual(1_000);
    expect(retryDelay('help', 50, null)).toBeLessThanOrEqual(30_000);
    expect(retryDelay('digest', 1_000, null)).toBeGreaterThanOrEqual(150_000);
    expect(retryDelay('help', 1, 60_000)).toBeGreaterThanOrEqual(60_000);
  });
});
