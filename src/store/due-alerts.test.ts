import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { DUE_ALERT_LEASE_SECONDS } from '../contract/limits.ts';
import { endLeases, listDueAlerts } from '../testing/due-alerts.ts';
import { fromNow, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createDueAlerts, type TimedAlert } from './due-alerts.ts';

const world = openStoreWorld('due-alerts');
const { redis, keys, stores } = world;
const { dueAlerts, outbox } = stores;
afterAll(world.close);
beforeEach(() => redis.del(keys.shard.dueAlerts(0), keys.shard.takenAlerts(0)));

const digest = (window = 1): TimedAlert => ({ kind: 'digest', circle: uuidv7(), window });
const add = (alert: TimedAlert, ms: number) => dueAlerts.add({ alert, dueAt: fromNow(ms).getTime() });
const take = (ms: number, limit = 9) => dueAlerts.take(0, fromNow(ms), limit);
const HOURS_MS = 10 * 3_600_000;

describe('what is due', () => {
  it('is taken by its time, the oldest first, at most so much, as it was put in', async () => {
    const [first, second] = [digest(7), { kind: 'later', circle: uuidv7(), at: NOW.getTime() } as const];
    await add(second, 2_000);
    await add(first, 1_000);
    expect((await take(999)).alerts).toEqual([]);
    expect((await take(2_000, 1)).alerts).toEqual([first]);
    expect((await take(2_000)).alerts).toEqual([second]);
    expect(await dueAlerts.count()).toBe(2);
  });

  it('comes again to somebody else where it was not finished, and is gone where it was', async () => {
    const [lost, done] = [digest(), digest()];
    for (const alert of [lost, done]) await add(alert, 0);
    const taken = await take(0);
    await dueAlerts.finish(0, [done], taken);
    // However far the clock of whoever asks is ahead.
    expect((await take(HOURS_MS)).alerts).toEqual([]);
    await endLeases(redis, keys);
    expect((await take(0)).alerts).toEqual([lost]);
    expect(await dueAlerts.find(lost)).toBe('taken');
    expect(await dueAlerts.find(done)).toBeNull();
    expect(await dueAlerts.count()).toBe(1);
  });

  it("is the taker's for so long by Redis' clock, whatever the workers' say", async () => {
    await add(digest(), -HOURS_MS);
    const [seconds, microseconds] = (await redis.time()).map(Number) as [number, number];
    const { until } = await take(-HOURS_MS);
    const leaseMs = until - (seconds * 1_000 + Math.floor(microseconds / 1_000));
    expect(leaseMs).toBeGreaterThanOrEqual(DUE_ALERT_LEASE_SECONDS * 1_000);
    expect(leaseMs).toBeLessThan(DUE_ALERT_LEASE_SECONDS * 2_000);
  });

  it('comes before all others where its taker died, however long those are due', async () => {
    const [lost, waits] = [digest(), digest()];
    await add(lost, 0);
    await take(0);
    await endLeases(redis, keys);
    await add(waits, -HOURS_MS);
    // Also where only what is due for long is taken.
    expect((await take(-1, 1)).alerts).toEqual([lost]);
    expect((await take(-1)).alerts).toEqual([waits]);
  });

  it('stays where it was scheduled anew, or taken by somebody else, before it was finished', async () => {
    const [anew, slow] = [digest(), digest()];
    for (const alert of [anew, slow]) await add(alert, 0);
    const taken = await take(0);
    await add(anew, 60_000);
    await endLeases(redis, keys);
    const again = await take(0, 9);
    expect(new Set(again.alerts)).toEqual(new Set([anew, slow]));
    await dueAlerts.finish(0, [anew, slow], { ...taken, until: taken.until - 1 });
    expect(await dueAlerts.count()).toBe(3);
    await dueAlerts.finish(0, again.alerts, again);
    expect(await listDueAlerts(redis, keys)).toEqual([{ alert: anew, dueAt: fromNow(60_000).getTime() }]);
  });

  it('can be scheduled by the circle whose window is open', async () => {
    const circle = uuidv7();
    expect(await dueAlerts.findOpen(circle)).toBeNull();
    await redis.hset(keys.circle.alerts(circle), { window: 4, dueAt: NOW.getTime() });
    expect(await dueAlerts.findOpen(circle)).toEqual({ alert: { kind: 'digest', circle, window: 4 }, dueAt: NOW.getTime() });
    await redis.hset(keys.circle.alerts(circle), { dueAt: '' });
    expect(await dueAlerts.findOpen(circle)).toBeNull();
  });

  it('is found in whichever shard it was put, by the fan-out of a batch or for later', async () => {
    const sharded = createDueAlerts(redis, keys, { shards: 3 });
    await redis.del([1, 2].map(keys.shard.dueAlerts));
    const [follows, later] = [digest(), digest()];
    await outbox.finish(2, [], [{ alert: follows, dueAt: NOW.getTime() }]);
    await sharded.add({ alert: later, dueAt: NOW.getTime() });
    expect(await Promise.all([follows, later, digest()].map(sharded.find))).toEqual(['scheduled', 'scheduled', null]);
    expect(await sharded.count()).toBe(2);
  });
});
