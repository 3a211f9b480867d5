import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import webPush from 'web-push';
import { PUSH_LANE_IN_FLIGHT } from '../contract/limits.ts';
import { PROVIDERS, type PushAlert, type PushJob, QUEUES } from '../platform/jobs.ts';
import { type AlertWorld, createAlertWorld } from '../testing/alert-world.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startPushWorkers } from './workers.ts';

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
const DEADLINE_MS = 2_000;

let service: FakePushService;
let world: AlertWorld;
let workers: { close(): Promise<void> };
let states: string[];

beforeEach(async () => {
  states = [];
  service = await startFakePushService(vapid.publicKey);
  world = createAlertWorld(inject('redisUrl'), service);
  workers = start();
});
/** A push service that hangs holds up a worker's end: it goes first. */
afterEach(async () => {
  await service.close();
  await workers.close();
  await world.close();
});

function start(deadlineMs = DEADLINE_MS) {
  return startPushWorkers({
    redis: world.redis,
    openWorkerConnection: world.openWorkerConnection,
    keys: world.keys,
    log: pino({ level: 'silent' }),
    metrics: { countPush: () => undefined, setPushLane: (lane, state) => states.push(`${lane} ${state}`) },
    statusShards: 1,
    statusTtlSeconds: 3_600,
    publicUrl: null,
    vapid,
    allowedHosts: [service.origin],
    now: () => new Date(),
    deadlineMs,
    laneLimits: { pauseFirstMs: 200, pauseMaxMs: 400 },
  });
}

describe('startPushWorkers', () => {
  it('works on two lanes for every provider, with one VAPID header for all', async () => {
    const mum = await world.addPerson('Mum');
    const job: PushJob = { kind: 'test', person: mum.id, session: mum.session, circle: null, statuses: [] };
    const lanes = PROVIDERS.flatMap((provider) => [QUEUES.push(provider), QUEUES.pushHelp(provider)]);
    await Promise.all(lanes.map((lane) => world.queues.get<PushJob>(lane).add('test', job)));
    await waitFor(() => service.delivered(mum.endpoint).length === lanes.length);
    expect(new Set(service.received.map(({ headers }) => headers.authorization)).size).toBe(1);
    expect(service.faults).toEqual([]);
  });

  it('does not hold up help when the push service hangs on a hundred digests', async () => {
    await workers.close();
    workers = start(60_000);
    const [mum, dad, sis] = [await world.addPerson('Mum'), await world.addPerson('Dad'), await world.addPerson('Sis')];
    const family = await world.createCircle('Family', [mum, dad, sis]);
    service.behave('hang', dad.endpoint);
    const test: PushAlert = { kind: 'test', person: dad.id, session: dad.session, circle: null, statuses: [] };
    await world.queues
      .get<PushJob>(QUEUES.push('other'))
      .addBulk(Array.from({ length: 10 }, () => ({ name: 'test', data: { kind: 'page', alerts: Array(10).fill(test) } })));
    await waitFor(() => service.received.length >= PUSH_LANE_IN_FLIGHT);
    const statuses = await world.post({ author: mum, circles: [family], condition: 'help' });
    const help: PushJob = {
      kind: 'help',
      person: sis.id,
      session: sis.session,
      circle: family,
      statuses: statuses.map(({ id }) => id),
    };
    await world.queues.get<PushJob>(QUEUES.pushHelp('other')).add('help', help);
    await waitFor(() => service.delivered(sis.endpoint).length === 1);
    // All of them hang still: help had a connection of its own.
    expect(service.received).toHaveLength(PUSH_LANE_IN_FLIGHT + 1);
    expect(states.some((state) => state.endsWith('open'))).toBe(false);
  });

  const PHONES = 40;
  /** A test alert to each of many phones, a few to a job. */
  async function pushToMany(lane = QUEUES.push('other')) {
    const mum = await world.addPerson('Mum');
    const phones = [mum, ...(await Promise.all(Array.from({ length: PHONES - 1 }, () => world.addDevice(mum))))];
    const alerts = phones.map(
      ({ session }): PushAlert => ({ kind: 'test', person: mum.id, session, circle: null, statuses: [] }),
    );
    const pages = Array.from({ length: PHONES / 4 }, (_, index) => alerts.slice(4 * index, 4 * index + 4));
    await world.queues.get<PushJob>(lane).addBulk(pages.map((page) => ({ name: 'page', data: { kind: 'page', alerts: page } })));
    return { mum, phones };
  }
  const perPhone = () => {
    const counts = new Map<string, number>();
    for (const { endpoint } of service.delivered()) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
    return counts;
  };

  it.each([{ status: 429, headers: { 'retry-after': '1' } }, 503, 'hang', 'reset'] as const)(
    'pauses one lane while its push service answers %j, holds up no other, and loses nothing',
    async (behaviour) => {
      const sis = await world.addPerson('Sis');
      service.behave(behaviour);
      service.behave(201, sis.endpoint);
      const { phones } = await pushToMany();
      await waitFor(() => states.includes('push-other open'));
      const toSis: PushJob = { kind: 'test', person: sis.id, session: sis.session, circle: null, statuses: [] };
      for (const lane of [QUEUES.pushHelp('other'), QUEUES.push('mozilla')])
        await world.queues.get<PushJob>(lane).add('test', toSis);
      await waitFor(() => service.delivered(sis.endpoint).length === 2);
      expect(states.filter((state) => state.endsWith('open'))).toEqual(
        states.filter((state) => state.startsWith('push-other ') && state.endsWith('open')),
      );
      expect(perPhone().size).toBe(1);
      service.behave(201);
      await waitFor(() => perPhone().size === PHONES + 1, { timeoutMs: 20_000 });
      expect(states.filter((state) => state.startsWith('push-other ')).at(-1)).toBe('push-other closed');
      expect(phones.map(({ endpoint }) => perPhone().get(endpoint))).toEqual(Array(PHONES).fill(1));
      expect(await world.queues.get(QUEUES.push('other')).getFailedCount()).toBe(0);
      expect(service.faults).toEqual([]);
    },
  );

  it('asks a paused push service about one push at a time', async () => {
    service.behave(503);
    await pushToMany();
    await waitFor(() => states.includes('push-other open'));
    await waitFor(async () => (await world.queues.get(QUEUES.push('other')).getActiveCount()) === 0);
    const before = service.received.length;
    const probes = () => states.filter((state) => state === 'push-other half-open').length;
    await waitFor(() => probes() >= 4);
    expect(service.received.length - before).toBeLessThanOrEqual(probes());
  });

  it('removes exactly the third of the subscriptions that are gone', async () => {
    const { mum, phones } = await pushToMany();
    const gone = phones.filter((_, index) => index % 3 === 0);
    for (const { endpoint } of gone) service.behave(410, endpoint);
    const dad = await world.addPerson('Dad');
    const again = phones.map(({ session }): PushAlert => ({ kind: 'test', person: mum.id, session, circle: null, statuses: [] }));
    await world.queues.get<PushJob>(QUEUES.push('other')).add('page', { kind: 'page', alerts: again });
    const left = async () => (await world.stores.pushSubscriptions.list(mum.id)).map(({ session }) => session);
    const kept = phones.filter((phone) => !gone.includes(phone)).map(({ session }) => session);
    await waitFor(async () => (await left()).length <= kept.length);
    await waitFor(
      async () => (await world.queues.get(QUEUES.push('other')).getJobCountByTypes('waiting', 'active', 'delayed')) === 0,
    );
    expect(new Set(await left())).toEqual(new Set(kept));
    expect(await world.stores.pushSubscriptions.list(dad.id)).toHaveLength(1);
    expect(states.some((state) => state.endsWith('open'))).toBe(false);
  });
});
