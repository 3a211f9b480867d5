import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import webPush from 'web-push';
import { PROVIDERS, type PushJob, QUEUES } from '../platform/queues.ts';
import { type AlertWorld, createAlertWorld } from '../testing/alert-world.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startPushWorkers } from './workers.ts';

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };
const DEADLINE_MS = 2_000;

let service: FakePushService;
let world: AlertWorld;
let workers: { close(): Promise<void> };

beforeEach(async () => {
  service = await startFakePushService(vapid.publicKey);
  world = createAlertWorld(inject('redisUrl'), service);
  workers = startPushWorkers({
    redis: world.redis,
    openWorkerConnection: world.openWorkerConnection,
    keys: world.keys,
    log: pino({ level: 'silent' }),
    metrics: { countPush: () => undefined },
    statusShards: 1,
    statusTtlSeconds: 3_600,
    publicUrl: null,
    vapid,
    allowedHosts: [service.origin],
    now: () => new Date(),
    deadlineMs: DEADLINE_MS,
  });
});
afterEach(async () => {
  await workers.close();
  await world.close();
  await service.close();
});

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
    const [mum, dad, sis] = [await world.addPerson('Mum'), await world.addPerson('Dad'), await world.addPerson('Sis')];
    const family = await world.createCircle('Family', [mum, dad, sis]);
    service.behave('hang', dad.endpoint);
    const test: PushJob = { kind: 'test', person: dad.id, session: dad.session, circle: null, statuses: [] };
    await world.queues
      .get<PushJob>(QUEUES.push('other'))
      .addBulk(Array.from({ length: 100 }, () => ({ name: 'test', data: test })));
    await waitFor(() => service.received.length >= 32);
    const statuses = await world.post({ author: mum, circles: [family], condition: 'help' });
    const help: PushJob = {
      kind: 'help',
      person: sis.id,
      session: sis.session,
      circle: family,
      statuses: statuses.map(({ id }) => id),
    };
    await world.queues.get<PushJob>(QUEUES.pushHelp('other')).add('help', help);
    const hung = service.received.length;
    await waitFor(() => service.delivered(sis.endpoint).length === 1);
    expect(service.received.length - hung).toBeLessThanOrEqual(33);
  });
});
