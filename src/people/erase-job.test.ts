import { afterAll, describe, expect, it } from 'vitest';
import { ERASE_AGAIN_SECONDS } from '../contract/limits.ts';
import type { ChoreJob } from '../platform/jobs.ts';
import { openStoreWorld } from '../testing/store-world.ts';
import { addEraseJob, addLastEraseJob } from './erase-job.ts';

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

describe('addLastEraseJob', () => {
  it('adds one more for the same person, for when calls that were under way have ended', async () => {
    await Promise.all([addEraseJob(world.queues, 'chie'), addLastEraseJob(world.queues, 'chie')]);
    await addLastEraseJob(world.queues, 'chie');
    const jobs = (await world.listJobs<ChoreJob>('chores')).filter(({ id }) => id?.endsWith('-chie'));
    const shown = jobs.map(({ data, delay }) => ({ ...data, delay })).sort((a, b) => a.delay - b.delay);
    const chore = { kind: 'erase-person', person: 'chie' };
    expect(shown).toEqual([
      { ...chore, delay: 0 },
      { ...chore, isLast: true, delay: ERASE_AGAIN_SECONDS * 1_000 },
    ]);
  });
});
