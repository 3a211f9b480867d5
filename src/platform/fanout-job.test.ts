import { afterAll, expect, it } from 'vitest';
import { openStoreWorld } from '../testing/store-world.ts';
import { addFanoutJob } from './fanout-job.ts';
import { type FanoutJob, QUEUES } from './jobs.ts';

const world = openStoreWorld('fanout-job', { shards: 2 });
const { queues } = world;
afterAll(world.close);

const listJobs = async (queue: string) => (await world.listJobs<FanoutJob>(queue)).map(({ id, data }) => ({ id, data }));

it('goes to the queue of its shard; help of any shard to the one of its own', async () => {
  await addFanoutJob(queues, { lane: 'fanout', shard: 1, batch: 'calm', ids: ['a', 'b'] });
  await addFanoutJob(queues, { lane: 'help', shard: 1, batch: 'urgent', ids: ['c'] });
  expect(await listJobs(QUEUES.fanout(1))).toEqual([{ id: 'calm', data: { shard: 1, ids: ['a', 'b'] } }]);
  expect(await listJobs(QUEUES.help)).toEqual([{ id: 'urgent', data: { shard: 1, ids: ['c'] } }]);
  expect(await listJobs(QUEUES.fanout(0))).toEqual([]);
});

it('is one job however often it is added', async () => {
  const batch = { lane: 'fanout', shard: 0, batch: 'again', ids: ['a'] } as const;
  await Promise.all([1, 2, 3].map(() => addFanoutJob(queues, { ...batch, ids: [...batch.ids] })));
  expect(await listJobs(QUEUES.fanout(0))).toHaveLength(1);
});
