import { afterAll, expect, it } from 'vitest';
import type { QueueSet } from '../platform/queues.ts';
import { openStoreWorld, silent } from '../testing/store-world.ts';
import { createForgetFootprints } from './footprints-job.ts';

const world = openStoreWorld('footprints-job');
afterAll(world.close);

it('leaves a circle of any size to the workers in pages', async () => {
  const members = Array.from({ length: 250 }, (_, index) => `m${index}`);
  await createForgetFootprints(world.queues, silent)('circle', members, 'deleted');
  const jobs = await world.listJobs('chores');
  expect(jobs.map(({ data }) => (data as { members: string[] }).members.length).toSorted()).toEqual([100, 100, 50]);
});

it('keeps nobody from leaving while no job can be added', async () => {
  const away = { get: () => ({ addBulk: () => Promise.reject(new Error('away')) }) } as unknown as QueueSet;
  await createForgetFootprints(away, silent)('circle', ['m'], 1);
});
