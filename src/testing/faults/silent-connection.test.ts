import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createQueues, startWorker } from '../../platform/queues.ts';
import { type Connections, createConnections } from '../../platform/redis.ts';
import { redisOptionsFromUrl } from '../../platform/redis-url.ts';
import { silent } from '../store-world.ts';
import { waitFor } from '../wait-for.ts';
import { openWire, type Wire } from '../wire.ts';

const PATIENCE = { timeoutMs: 90_000 };
const NAME = 'work';
const prefix = `test-silent-${uuidv7().slice(-12)}:{q-work}`;

let direct: Redis;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  direct = new Redis({ ...redisOptionsFromUrl(inject('redisUrl')), maxRetriesPerRequest: null });
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await direct.quit();
});

/** What a worker process has: a consumer of a queue, and a connection for its stores. All of it goes through a wire of its own. */
async function startProcess(queue: string, work: (redis: Redis, id: string) => Promise<void>) {
  const wire: Wire = await openWire(inject('redisUrl'));
  closers.push(wire.close);
  const connections: Connections = createConnections(wire.url, silent);
  closers.push(connections.close);
  const redis = connections.open('patient');
  const own = connections.open('worker');
  const process = ({ id = '' }) => work(redis, id);
  const worker = startWorker({ name: queue, prefix, redis: own, concurrency: 5, process, log: silent });
  closers.push(() => worker.close());
  return { wire, redis, worker, openWorkerConnection: () => connections.open('worker') };
}

describe('a connection that dies without a word', () => {
  it('holds up neither the job that waits on it nor those that come later, and one that merely has nothing to do stays', async () => {
    const queues = createQueues(direct, () => prefix, silent);
    closers.push(() => queues.close());
    const done = new Set<string>();
    let letGo: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const begun = new Set<string>();
    const dying = await startProcess(NAME, async (redis, id) => {
      begun.add(id);
      if (id === 'midway') await gate;
      await redis.set(`${prefix}:${id}`, '1', 'EX', 60);
      done.add(id);
    });
    const idle = await startProcess('idle', () => Promise.resolve());
    await idle.redis.ping();
    await idle.worker.waitUntilReady();
    // As long as BullMQ blocks at most.
    const blocked = idle.openWorkerConnection().bzpopmin(`${prefix}:nothing`, 10);
    await waitFor(() => idle.wire.count() === 4);

    await queues.get(NAME).addBulk(['before', 'midway'].map((id) => ({ name: 'x', data: {}, opts: { jobId: id } })));
    await waitFor(() => done.has('before') && begun.has('midway'), PATIENCE);
    dying.wire.silence();
    letGo?.();
    await queues.get(NAME).add('x', {}, { jobId: 'after' });
    await waitFor(() => done.has('midway') && done.has('after'), PATIENCE);
    await waitFor(async () => (await queues.get(NAME).getJobs()).length === 0, PATIENCE);

    // Meanwhile both limits have run out for whoever was waiting for an answer.
    expect(await blocked).toBeNull();
    expect(idle.wire.accepted()).toBe(4);
  });
});
