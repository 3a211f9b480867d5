import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type AlertWorld, createAlertWorld } from '../testing/alert-world.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startAlertWorkers } from './workers.ts';

let service: FakePushService;
let world: AlertWorld;
beforeEach(async () => {
  service = await startFakePushService();
  world = createAlertWorld(inject('redisUrl'), service);
});
afterEach(async () => {
  await world.close();
  await service.close();
});

describe('startAlertWorkers', () => {
  it('turns alert jobs of both lanes into pushes, until it is closed', async () => {
    const { redis, openWorkerConnection, queues, keys, stores } = world;
    const [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
    const family = await world.createCircle('Family', [mum, dad]);
    const log = pino({ level: 'silent' });
    const workers = startAlertWorkers({
      redis,
      openWorkerConnection,
      queues,
      keys,
      dueAlerts: stores.dueAlerts,
      statuses: stores.statuses,
      log,
      now: () => new Date(),
      isBehind: () => false,
    });
    await world.post({ author: mum, circles: [family], condition: 'help' });
    await world.post({ author: dad, circles: [family] });
    await waitFor(async () => (await world.waitingPushes()).length === 2);
    await workers.close();
    await world.post({ author: dad, circles: [family], condition: 'help' });
    const pushes = (await world.waitingPushes()).map(({ data }) => `${data.kind} ${data.person}`);
    expect(new Set(pushes)).toEqual(new Set([`digest ${mum.id}`, `help ${dad.id}`]));
    expect(pushes).toHaveLength(2);
  });

  it('puts digests off while statuses wait for their boards, but never help', async () => {
    const { redis, openWorkerConnection, queues, keys, stores } = world;
    const [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
    const family = await world.createCircle('Family', [mum, dad]);
    let isBehind = true;
    const workers = startAlertWorkers({
      redis,
      openWorkerConnection,
      queues,
      keys,
      dueAlerts: stores.dueAlerts,
      statuses: stores.statuses,
      log: pino({ level: 'silent' }),
      now: () => new Date(),
      isBehind: () => isBehind,
    });
    const waiting = async () => (await queues.get('alerts').getJobs(['delayed']))[0];
    // As one that failed before is: a job of its own.
    await queues.get('alerts').add('digest', { kind: 'digest', circle: family, window: 1 }, { jobId: `digest-${family}-1` });
    await waitFor(async () => ((await waiting())?.delay ?? 0) > 1_000);
    await world.post({ author: mum, circles: [family] });
    await world.post({ author: mum, circles: [family], condition: 'help' });
    await waitFor(async () => (await world.waitingPushes()).length === 1);
    const job = await waiting();
    expect(job?.attemptsMade).toBe(0);
    isBehind = false;
    await job?.promote();
    await waitFor(async () => (await world.waitingPushes()).length === 2);
    await workers.close();
    expect(new Set((await world.waitingPushes()).map(({ data }) => data.kind))).toEqual(new Set(['digest', 'help']));
  });
});
