import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createAlerts } from './alerts.ts';
import { createTraces } from './traces.ts';

const world = openStoreWorld('traces');
const { redis, keys, stores } = world;
const traces = createTraces(redis, keys);
const alerts = createAlerts(redis, keys);
afterAll(world.close);

describe('findBatches', () => {
  it('finds a status in the middle of a batch, and none that was fanned out', async () => {
    const records = [1, 2, 3].map(() => makeRecord(uuidv7(), [uuidv7()]));
    const id = records[1]?.id ?? '';
    const { batches } = await stores.statuses.commit(0, 'fanout', records, uuidv7());
    const batch = batches[0]?.id ?? '';
    await redis.zadd(keys.shard.outbox(0, 'fanout'), 7_000, batch);
    expect(await traces.findBatches(0, id)).toEqual([{ id: batch, lane: 'fanout', acceptedAt: 7_000 }]);
    await stores.outbox.finish(0, [batch]);
    expect(await traces.findBatches(0, id)).toEqual([]);
  });

  it('finds a help in its own outbox, and where a release before had left it', async () => {
    const record = makeRecord(uuidv7(), [uuidv7()], { condition: 'help' });
    const { batches } = await stores.statuses.commit(0, 'help', [record], uuidv7());
    const id = batches[0]?.id ?? '';
    await redis.zadd(keys.shard.outbox(0, 'help'), 8_000, id);
    expect(await traces.findBatches(0, record.id)).toEqual([{ id, lane: 'help', acceptedAt: 8_000 }]);
    await redis.zrem(keys.shard.outbox(0, 'help'), id);
    await redis.zadd(keys.shard.outbox(0, 'fanout'), 9_000, id);
    expect(await traces.findBatches(0, record.id)).toEqual([{ id, lane: 'help', acceptedAt: 9_000 }]);
  });

  it('finds one that is parked', async () => {
    const record = makeRecord(uuidv7(), [uuidv7()], { condition: 'help' });
    const { batches } = await stores.statuses.commit(0, 'help', [record], uuidv7());
    const id = batches[0]?.id ?? '';
    await stores.outbox.park(0, id);
    expect(await traces.findBatches(0, record.id)).toEqual([{ id, lane: 'help', acceptedAt: null }]);
  });
});

describe('readCircle', () => {
  const standing = async (circle: string, record: ReturnType<typeof makeRecord>) =>
    (await traces.readCircle(circle, record)).standing;

  it('follows a status from nowhere to the board, under a newer one, and off again', async () => {
    const { id: circle, keeper } = await world.makeCircle();
    await world.letIn(circle, keeper);
    const first = makeRecord(keeper.id, [circle]);
    const second = makeRecord(keeper.id, [circle], { writtenAt: fromNow(5).toISOString() });
    expect(await standing(circle, first)).toBe('absent');
    await stores.publishing.publish(circle, [first], NOW);
    expect(await traces.readCircle(circle, first)).toMatchObject({ circle, standing: 'on-board', members: 2 });
    await stores.publishing.publish(circle, [second], NOW);
    expect(await standing(circle, first)).toBe('superseded');
    expect(await standing(circle, second)).toBe('on-board');
    await stores.publishing.retract(circle, second, async () => first, NOW);
    expect(await standing(circle, second)).toBe('retracted');
    expect(await standing(circle, first)).toBe('on-board');
  });

  it('tells a stranger from a circle that is gone', async () => {
    const { id: circle } = await world.makeCircle();
    const record = makeRecord(uuidv7(), [circle]);
    expect(await standing(circle, record)).toBe('no-member');
    expect(await standing(uuidv7(), record)).toBe('no-circle');
  });

  it('says which digest a status waits for, until one has taken it', async () => {
    const { id: circle, keeper } = await world.makeCircle();
    const record = makeRecord(keeper.id, [circle]);
    const { digest } = await stores.publishing.publish(circle, [record], NOW);
    expect(digest).not.toBeNull();
    const { window, dueAt } = digest ?? {};
    expect((await traces.readCircle(circle, record)).digest).toEqual({ window, dueAt });
    await alerts.claimDigest(circle, window ?? 0, fromNow(2_000));
    expect((await traces.readCircle(circle, record)).digest).toBeNull();
  });
});

describe('countClaims', () => {
  it('counts each person once, however many circles they share, and who is queued', async () => {
    const { id: one, keeper } = await world.makeCircle();
    const { id: other } = await world.makeCircle('friends', keeper);
    const friend = await world.letIn(one, keeper);
    await world.letIn(other, keeper, friend);
    const status = uuidv7();
    expect(await traces.countClaims([one, other], status)).toEqual({ claimed: 0, queued: 0 });
    await redis.hset(keys.person.push(friend.id), uuidv7(), 'fcm {}');
    await alerts.claim(friend.id, 'job', [status], NOW);
    expect(await traces.countClaims([one, other], status)).toEqual({ claimed: 1, queued: 0 });
    await alerts.settle(friend.id, 'job', [status], 'alerts');
    expect(await traces.countClaims([one, other], status)).toEqual({ claimed: 1, queued: 1 });
  });
});
