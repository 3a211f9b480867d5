import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { PUSH_PAGE_MAX, PUSH_PAGE_STATUSES_MAX } from '../contract/limits.ts';
import type { PushJob } from '../platform/jobs.ts';
import { openStoreWorld } from '../testing/store-world.ts';
import { groupPeople, type PersonAlert, queuePushes } from './queue-pushes.ts';

const world = openStoreWorld('queue-pushes');
afterAll(world.close);

function person(devices: number, statuses = 1, told = 1): PersonAlert {
  const ids = Array.from({ length: statuses }, () => uuidv7());
  return {
    person: uuidv7(),
    devices: Array.from({ length: devices }, () => ({ session: uuidv7(), provider: 'other' as const })),
    told: Array.from({ length: told }, () => ({ circle: uuidv7(), statuses: ids })),
  };
}

describe('groupPeople', () => {
  it('makes groups of at most one page, the same for the same people', () => {
    const people = Array.from({ length: 100 }, (_, index) => person(1 + (index % 3)));
    const groups = groupPeople(people);
    expect(groups.flat()).toHaveLength(100);
    for (const group of groups) {
      expect(group.reduce((sum, { devices }) => sum + devices.length, 0)).toBeLessThanOrEqual(PUSH_PAGE_MAX);
    }
    expect(groupPeople(people.toReversed())).toEqual(groups);
  });

  it('keeps jobs small where there is much to tell', () => {
    const groups = groupPeople([person(1, PUSH_PAGE_STATUSES_MAX / 2), person(1, PUSH_PAGE_STATUSES_MAX / 2), person(1, 1)]);
    expect(groups.length).toBeGreaterThan(1);
    expect(groupPeople([])).toEqual([]);
  });
});

describe('queuePushes', () => {
  it('adds one job for a lane, once, and several where one person alone is more than a page', async () => {
    const people = [person(2), person(1), person(2, 1, PUSH_PAGE_MAX)];
    await Promise.all([1, 2].map(() => queuePushes(world.queues, 'digest-a-1', 'digest', people)));
    const jobs = await world.queues.get<PushJob>('push-other').getJobs(['waiting']);
    const sizes = jobs.map(({ data }) => (data.kind === 'page' ? data.alerts.length : 0));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(3 + 2 * PUSH_PAGE_MAX);
    expect(Math.max(...sizes)).toBe(PUSH_PAGE_MAX);
    expect(jobs).toHaveLength(3);
  });

  it('takes the lanes of the providers, help its own', async () => {
    const somebody = person(1);
    await queuePushes(world.queues, 'help-a-1', 'help', [{ ...somebody, devices: [{ session: 's', provider: 'apple' }] }]);
    expect(await world.queues.get('push-apple-help').getJobCountByTypes('waiting')).toBe(1);
  });
});
