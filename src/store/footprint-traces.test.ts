import { afterAll, expect, it } from 'vitest';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createFootprintTraces } from './footprint-traces.ts';

const world = openStoreWorld('footprint-traces');
const { redis, keys } = world;
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
  const shown = await traces.listStatuses(circle, [keeper.id]);
  expect(shown).toEqual([records[0]?.id]);
  await Promise.all([traces.remove(circle, 'gone', shown), traces.remove(circle, 'gone', shown)]);
  expect(await redis.exists(own ?? '')).toBe(0);
  for (const key of others) expect(await redis.zrange(key, '0', '-1')).toEqual(['stays']);
  await traces.removeAll(circle);
  expect(await redis.exists(...others)).toBe(0);
});
