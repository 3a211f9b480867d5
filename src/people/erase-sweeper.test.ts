import { afterAll, describe, expect, it } from 'vitest';
import type { ChoreJob } from '../platform/jobs.ts';
import { fromNow, NOW, openStoreWorld, silent } from '../testing/store-world.ts';
import { startEraseSweeper, sweepErasingOnce } from './erase-sweeper.ts';

const world = openStoreWorld('erase-sweeper');
const { queues, stores } = world;
afterAll(world.close);

const options = (ms: number) => ({ people: stores.people, queues, log: silent, now: () => fromNow(ms) });
const jobIds = async () => (await world.listJobs<ChoreJob>('chores')).map(({ id }) => id);

describe('the erase sweeper', () => {
  it('brings back the chore of whoever is still to be erased, once, and only when they are due', async () => {
    await stores.people.noteErasing('anna', NOW);
    await stores.people.noteErasing('later', fromNow(60_000));
    await sweepErasingOnce(options(0));
    await sweepErasingOnce(options(10));
    expect(await jobIds()).toEqual(['erase-anna']);
    await sweepErasingOnce(options(61_000));
    expect((await jobIds()).sort()).toEqual(['erase-anna', 'erase-later']);
  });

  it('ends its turns when it is closed', async () => {
    await startEraseSweeper(options(0)).close();
  });
});
