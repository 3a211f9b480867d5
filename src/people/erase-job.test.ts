import { afterAll, describe, expect, it } from 'vitest';
import type { ChoreJob } from '../platform/jobs.ts';
import { openStoreWorld } from '../testing/store-world.ts';
import { addEraseJob } from './erase-job.ts';

const world = openStoreWorld('erase-job');
afterAll(world.close);

describe('addEraseJob', () => {
  it('adds one chore for a person, however often it is asked for', async () => {
    await Promise.all([addEraseJob(world.queues, 'anna'), addEraseJob(world.queues, 'anna'), addEraseJob(world.queues, 'ben')]);
    const jobs = await world.listJobs<ChoreJob>('chores');
    expect(jobs.map(({ id }) => id).sort((a = '', b = '') => a.localeCompare(b))).toEqual(['erase-anna', 'erase-ben']);
    expect(jobs.every(({ opts }) => opts.removeOnFail === true)).toBe(true);
  });
});
