import { afterAll, beforeEach, expect, it } from 'vitest';
import type { ChoreJob } from '../platform/jobs.ts';
import { openStoreWorld, silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startChoreWorker } from './chore-worker.ts';
import { addEraseJob } from './erase-job.ts';

const world = openStoreWorld('chore-worker');
let isPressed = false;
let clockAheadMs = 0;
let erased: string[] = [];
let forgotten: unknown[] = [];
const worker = startChoreWorker({
  redis: world.connect(world.workerOptions),
  prefix: world.keys.queue('chores'),
  pressure: { sheds: (kind) => kind === 'digests' && isPressed },
  queues: world.queues,
  erase: async (person, isLast) => void erased.push(isLast ? `${person}, the last time` : person),
  traces: {
    removeBy: async (...left) => void forgotten.push(left),
    removeAll: async (...left) => void forgotten.push(left),
  },
  log: silent,
  now: () => new Date(Date.now() + clockAheadMs),
  delayMs: 50,
});
afterAll(async () => {
  await worker.close();
  await world.close();
});
beforeEach(() => {
  isPressed = false;
  clockAheadMs = 0;
  erased = [];
  forgotten = [];
});

const chores = world.queues.get<ChoreJob>('chores');
const isDelayed = async (person: string) => (await chores.getJobState(`erase-${person}`)) === 'delayed';

it('does a chore at once while nothing is shed', async () => {
  await addEraseJob(world.queues, 'anna');
  await waitFor(() => erased.includes('anna'));
});

it('erases once more, later, and then no more', async () => {
  await addEraseJob(world.queues, 'fumi');
  const findLast = () => chores.getJob('erase-last-fumi');
  await waitFor(async () => (await findLast()) !== undefined);
  expect(erased).toEqual(['fumi']);
  await (await findLast())?.promote();
  await waitFor(async () => (await findLast()) === undefined);
  expect(erased).toEqual(['fumi', 'fumi, the last time']);
});

it('puts a chore off while the service is overloaded, and does it once afterwards', async () => {
  isPressed = true;
  await addEraseJob(world.queues, 'ben');
  await waitFor(() => isDelayed('ben'));
  expect(erased).toEqual([]);
  isPressed = false;
  await waitFor(() => erased.includes('ben'));
  await waitFor(async () => (await chores.getJobState('erase-ben')) === 'unknown');
  expect(erased).toEqual(['ben']);
});

it('does it all the same before the minute is over in which the person must be gone', async () => {
  isPressed = true;
  await addEraseJob(world.queues, 'chie');
  await waitFor(() => isDelayed('chie'));
  clockAheadMs = 30_000;
  await waitFor(() => erased.includes('chie'));
  expect(isPressed).toBe(true);
});

it('forgets the footprints of who left, and of a circle that was deleted, and erases nobody for it', async () => {
  const chore = { kind: 'forget-footprints' as const, circle: 'family', members: ['dai', 'emi'] };
  await chores.add('forget-footprints', { ...chore, until: 7 });
  await waitFor(() => forgotten.length === 2);
  await chores.add('forget-footprints', { ...chore, until: 'deleted' });
  await waitFor(() => forgotten.length === 3);
  expect(forgotten).toEqual([
    ['family', 'dai', 7],
    ['family', 'emi', 7],
    ['family', ['dai', 'emi']],
  ]);
  expect(erased).toEqual([]);
});
