import { uuidv7 } from 'uuidv7';
import { afterAll, expect, it } from 'vitest';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createFootprintTraces } from './footprint-traces.ts';

const world = openStoreWorld('footprint-traces');
const { redis, keys, stores } = world;
const traces = createFootprintTraces(redis, keys);
afterAll(world.close);

it('takes away one person’s traces in a circle of more than a page, and nobody else’s, also twice at once', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const authors = [keeper];
  for (let count = 0; count < 120; count++) authors.push(await world.letIn(circle, keeper));
  const records = authors.map(({ id }) => makeRecord(id, [circle], { acceptedAt: fromNow(1).toISOString() }));
  for (const record of records) await world.stores.publishing.publish(circle, [record], NOW);
  const [own, ...others] = records.map(({ id }) => keys.circle.seen(circle, id));
  for (const key of [own ?? '', ...others]) await redis.zadd(key, 1, 'gone', 2, 'stays');
  const shown = await traces.listStatuses(circle, keeper.id);
  expect(shown).toEqual([records[0]?.id]);
  const left = await traces.listBy(circle, 'stays');
  expect(new Map(left.map(({ status, at }) => [status, at]))).toEqual(new Map(records.map(({ id }) => [id, 2])));
  expect(await traces.listBy(circle, 'nobody')).toEqual([]);
  await traces.removeBy(circle, 'stays', 1);
  await Promise.all([traces.removeFrom(circle, shown), traces.removeBy(circle, 'gone', 1), traces.removeBy(circle, 'gone', 1)]);
  expect(await redis.exists(own ?? '')).toBe(0);
  for (const key of others) expect(await redis.zrange(key, '0', '-1')).toEqual(['stays']);
});

it('takes away all of a deleted circle, and nothing of another', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const other = await world.makeCircle('friends', keeper);
  const record = makeRecord(keeper.id, [circle, other.id]);
  await stores.statuses.commit(0, 'fanout', [record], uuidv7());
  await redis.zadd(keys.person.statuses(keeper.id), NOW.getTime(), record.id);
  const [gone, stays] = [keys.circle.seen(circle, record.id), keys.circle.seen(other.id, record.id)];
  for (const key of [gone, stays]) await redis.zadd(key, 1, 'ken');
  expect(await stores.circles.remove(circle)).toEqual([keeper.id]);
  await Promise.all([traces.removeAll(circle, [keeper.id]), traces.removeAll(circle, [keeper.id])]);
  expect(await redis.exists(gone)).toBe(0);
  expect(await redis.exists(stays)).toBe(1);
});
