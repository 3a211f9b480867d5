import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStoreWorld, silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { QUEUES } from './jobs.ts';
import { startWorker } from './queues.ts';

const world = openStoreWorld('queues');
const { queues, keys } = world;
afterAll(world.close);

const NAME = QUEUES.fanout(0);

describe('createQueues', () => {
  it('makes a queue once, and its keys in one slot under our prefix', async () => {
    expect(queues.get(NAME)).toBe(queues.get(NAME));
    await queues.get(NAME).add('x', {}, { jobId: 'slot' });
    const all = await world.redis.keys(`${world.prefix}*`);
    expect(all.length).toBeGreaterThan(0);
    expect(all.every((key) => key.startsWith(`${keys.queue(NAME)}:`) && key.includes(`{q-${NAME}}`))).toBe(true);
  });

  it('tries a job five times, a little later each time', () => {
    const { attempts, backoff } = queues.get(NAME).defaultJobOptions;
    expect({ attempts, backoff }).toEqual({ attempts: 5, backoff: { type: 'exponential', delay: 500, jitter: 0.5 } });
  });

  it('adds a job with an id that is there already only once', async () => {
    const add = () => queues.get<number>('once').add('x', 1, { jobId: 'same' });
    await Promise.all([add(), add(), add()]);
    expect(await world.listJobs('once')).toHaveLength(1);
  });
});

describe('startWorker', () => {
  const name = 'work';
  const tries = new Map<string, number>();
  let worker: ReturnType<typeof startWorker<string>>;
  beforeAll(() => {
    worker = startWorker<string>({
      name,
      prefix: keys.queue(name),
      redis: world.connect(world.workerOptions),
      concurrency: 2,
      process: async ({ data, id = '' }) => {
        tries.set(id, (tries.get(id) ?? 0) + 1);
        if (data === 'poison') throw new Error('always');
        if (data === 'flaky' && tries.get(id) === 1) throw new Error('once');
        if (data === 'refused' && tries.get(id) !== 7) throw new Error("OOM command not allowed when used memory > 'maxmemory'.");
      },
      lane: 'help',
      log: silent,
    });
    return () => worker.close();
  });

  it('works a job off, tries one that failed again, and forgets both', async () => {
    await queues.get<string>(name).addBulk([
      { name: 'x', data: 'fine', opts: { jobId: 'fine' } },
      { name: 'x', data: 'flaky', opts: { jobId: 'flaky' } },
    ]);
    await waitFor(() => tries.get('flaky') === 2);
    await waitFor(async () => (await world.listJobs(name)).length === 0);
    expect(tries.get('fine')).toBe(1);
    expect(await queues.get(name).getJobState('fine')).toBe('unknown');
  });

  it('puts a job off that Redis refused, for more often than it has attempts', async () => {
    await queues.get<string>(name).add('x', 'refused', { jobId: 'refused' });
    await waitFor(() => tries.get('refused') === 5);
    expect((await queues.get(name).getJob('refused'))?.attemptsMade).toBe(0);
    await waitFor(async () => (await world.listJobs(name)).length === 0);
    expect(tries.get('refused')).toBe(7);
  });

  it('keeps a job that failed for good, so that an operator can look at it', async () => {
    await queues.get<string>(name).add('x', 'poison', { jobId: 'poison', backoff: 0 });
    await waitFor(async () => (await queues.get(name).getJobState('poison')) === 'failed');
    expect(tries.get('poison')).toBe(5);
    expect((await queues.get(name).getJob('poison'))?.failedReason).toBe('always');
  });

  it('lets a job survive the crash of twenty workers', () => {
    // And finds out within ten seconds that one has crashed.
    const { maxStalledCount, stalledInterval = 0, lockDuration = 0 } = worker.opts;
    expect(maxStalledCount).toBe(20);
    expect(Math.max(stalledInterval, lockDuration)).toBeLessThanOrEqual(10_000);
  });
});
