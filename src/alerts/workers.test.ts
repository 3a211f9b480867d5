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
    let looks = 0;
    const workers = startAlertWorkers({
      redis,
      openWorkerConnection,
      queues,
      keys,
      dueAlerts: stores.dueAlerts,
      statuses: stores.statuses,
      log: pino({ level: 'silent' }),
      now: () => new Date(),
      isBehind: () => {
        looks += 1;
        return isBehind;
      },
    });
    await world.post({ author: mum, circles: [family] });
    await world.post({ author: mum, circles: [family], condition: 'help' });
    const alert = { kind: 'digest', circle: family, window: 1 } as const;
    await stores.dueAlerts.add({ alert, dueAt: Date.now() - 60_000 });
    const before = looks;
    await waitFor(async () => looks >= before + 3 && (await world.waitingPushes()).length > 0);
    expect((await world.waitingPushes()).map(({ data }) => data.kind)).toEqual(['help']);
    expect(await stores.dueAlerts.find(alert)).toBe('scheduled');
    isBehind = false;
    await waitFor(async () => (await world.waitingPushes()).length === 2);
    await workers.close();
    expect(new Set((await world.waitingPushes()).map(({ data }) => data.kind))).toEqual(new Set(['digest', 'help']));
  });

  it('tries a digest that failed again in a job of its own, which is not put off', async () => {
    const { redis, openWorkerConnection, queues, keys, stores } = world;
    const [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
    const family = await world.createCircle('Family', [mum, dad]);
    await world.post({ author: mum, circles: [family] });
    await queues.get('alerts').add('digest', { kind: 'digest', circle: family, window: 1 }, { jobId: `digest-${family}-1` });
    const workers = startAlertWorkers({
      redis,
      openWorkerConnection,
      queues,
      keys,
      dueAlerts: stores.dueAlerts,
      statuses: stores.statuses,
      log: pino({ level: 'silent' }),
      now: () => new Date(),
      isBehind: () => true,
    });
    await waitFor(async () => (await world.waitingPushes()).length === 1);
    await workers.close();
  });
});
