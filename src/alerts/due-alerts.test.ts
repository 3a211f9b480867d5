import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DIGEST_PUT_OFF_MAX_SECONDS } from '../contract/limits.ts';
import { type AlertJob, QUEUES } from '../platform/jobs.ts';
import { createDueAlerts, type TimedAlert } from '../store/due-alerts.ts';
import { endLeases, listDueAlerts } from '../testing/due-alerts.ts';
import { fromNow, NOW, openStoreWorld, silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { planDueAlerts, startDueAlerts } from './due-alerts.ts';

const world = openStoreWorld('due-alerts-planned');
const { queues, stores, redis, keys } = world;
const { dueAlerts } = stores;
afterAll(world.close);

let clock: Date;
let isBehind: boolean;
let planned: TimedAlert[];
let failing: (alert: TimedAlert) => boolean;
const options = {
  dueAlerts,
  queues,
  plan: async (alert: TimedAlert) => {
    planned.push(alert);
    if (failing(alert)) throw new Error('broken');
  },
  isBehind: () => isBehind,
  log: silent,
  now: () => clock,
};
beforeEach(() => {
  clock = NOW;
  isBehind = false;
  planned = [];
  failing = () => false;
});
afterEach(() => redis.del([0, 1, 2].flatMap((shard) => [keys.shard.dueAlerts(shard), keys.shard.takenAlerts(shard)])));

async function add(count: number, ms = 0): Promise<TimedAlert[]> {
  const alerts = Array.from(
    { length: count },
    (_, index): TimedAlert => ({ kind: 'digest', circle: uuidv7(), window: index + 1 }),
  );
  for (const alert of alerts) await dueAlerts.add({ alert, dueAt: fromNow(ms).getTime() });
  return alerts;
}

describe('planDueAlerts', () => {
  it('plans what is due, once, and leaves the rest', async () => {
    const due = await add(9);
    const [later] = await add(1, 1);
    expect(await planDueAlerts(options, 0)).toBe(9);
    expect(new Set(planned)).toEqual(new Set(due));
    expect((await listDueAlerts(redis, keys)).map(({ alert }) => alert)).toEqual([later]);
    expect(await planDueAlerts(options, 0)).toBe(0);
  });

  it('gives one that fails a job of its own, and does the others', async () => {
    const [, bad, ...others] = await add(6);
    failing = (alert) => alert.circle === bad?.circle;
    await planDueAlerts(options, 0);
    expect(planned).toHaveLength(2 + others.length);
    const [job, ...more] = await world.listJobs<AlertJob>(QUEUES.alerts);
    expect(more).toEqual([]);
    expect(job).toMatchObject({ id: `digest-${bad?.circle}-2`, data: bad, opts: { attempts: 12 } });
    expect(await dueAlerts.count()).toBe(0);
  });

  it('keeps one whose job could not be added either, until its lease ends', async () => {
    const [bad] = await add(1);
    failing = () => true;
    const get = () => {
      throw new Error('OOM');
    };
    await expect(planDueAlerts({ ...options, queues: { ...queues, get } }, 0)).resolves.toBe(1);
    failing = () => false;
    expect(await planDueAlerts(options, 0)).toBe(0);
    await endLeases(redis, keys);
    expect(await planDueAlerts(options, 0)).toBe(1);
    expect(planned).toEqual([bad, bad]);
  });

  it('puts digests off while statuses wait for their boards, but not for ever', async () => {
    await add(1);
    isBehind = true;
    clock = fromNow(DIGEST_PUT_OFF_MAX_SECONDS * 1_000 - 1);
    expect(await planDueAlerts(options, 0)).toBe(0);
    clock = fromNow(DIGEST_PUT_OFF_MAX_SECONDS * 1_000);
    expect(await planDueAlerts(options, 0)).toBe(1);
  });

  it('does not put off anew what a dead worker had taken', async () => {
    await add(1);
    await dueAlerts.take(0, NOW, 1);
    await endLeases(redis, keys);
    isBehind = true;
    expect(await planDueAlerts(options, 0)).toBe(1);
  });
});

describe('startDueAlerts', () => {
  it('goes on in the same turn where more is due than is taken at once, and ends with what it has begun', async () => {
    await add(205);
    const { close } = startDueAlerts({ ...options, intervalMs: 5 });
    await waitFor(() => planned.length === 205);
    await close();
    expect(await dueAlerts.count()).toBe(0);
    const [next] = await add(1);
    expect(await dueAlerts.find(next as TimedAlert)).toBe('scheduled');
    expect(planned).toHaveLength(205);
  });

  const sharded = createDueAlerts(redis, keys, { shards: 3 });
  async function addTo(shard: number, count: number): Promise<TimedAlert[]> {
    const alerts = Array.from({ length: count }, (): TimedAlert => ({ kind: 'digest', circle: uuidv7(), window: 1 }));
    const due = alerts.map((alert) => ({ alert, dueAt: NOW.getTime() }));
    await world.stores.outbox.finish(shard, [], due);
    return alerts;
  }

  it('has no shard wait for the whole of another one', async () => {
    const [[other]] = [await addTo(2, 1), await addTo(0, 305)];
    const { close } = startDueAlerts({ ...options, dueAlerts: sharded, intervalMs: 5 });
    await waitFor(() => planned.length === 306);
    await close();
    expect(planned.findIndex(({ circle }) => circle === other?.circle)).toBeLessThanOrEqual(100);
  });

  it('plans the others where one shard fails', async () => {
    for (const shard of [0, 1]) await redis.set(keys.shard.dueAlerts(shard), 'not a set');
    await addTo(2, 1);
    const { close } = startDueAlerts({ ...options, dueAlerts: sharded, intervalMs: 5 });
    await waitFor(() => planned.length === 1);
    await close();
  });
});
