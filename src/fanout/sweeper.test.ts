import { UnrecoverableError, Worker } from 'bullmq';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type FanoutJob, QUEUES } from '../platform/jobs.ts';
import { makeRecord, openStoreWorld } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startSweeper, sweepOnce } from './sweeper.ts';

const world = openStoreWorld('sweeper', { shards: 2 });
const { redis, keys, stores, queues } = world;
const { outbox } = stores;
const QUEUE = QUEUES.fanout(0);
afterAll(world.close);

let lines: { level: number; msg: string; [field: string]: unknown }[];
beforeEach(async () => {
  lines = [];
  await queues.get(QUEUE).obliterate({ force: true });
  await redis.del(keys.shard.outbox(0, 'fanout'), keys.shard.outbox(0, 'help'), keys.shard.batches(0), keys.shard.parked(0));
});

const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const sweep = () => sweepOnce({ outbox, queues, shards: 2, log });
/** A turn when what waits has waited for ten seconds longer. */
async function sweepLater(): Promise<void> {
  for (const shard of [0, 1]) await world.ageOutbox(10_000, shard);
  await sweep();
}
const jobIds = async (queue = QUEUE) => (await world.listJobs<FanoutJob>(queue)).map(({ id }) => id);

/** Commits so many statuses, whose job is lost. */
async function commit(count: number, lane: 'fanout' | 'help' = 'fanout') {
  const records = Array.from({ length: count }, () => makeRecord(uuidv7(), [uuidv7()]));
  const { batches } = await stores.statuses.commit(0, lane, records, uuidv7());
  return batches[0] ?? { id: '', ids: [] };
}

/** Adds the job of a batch as the accept path does. */
const addJob = ({ id, ids }: { id: string; ids: string[] }) =>
  queues.get(QUEUE).add('fanout-status', { shard: 0, ids }, { jobId: id });

/** Runs the queue until each of these jobs has failed for good, with no more mercy for any error than BullMQ has. */
async function failForGood(ids: string[], reason = 'poison'): Promise<void> {
  const fail = () => Promise.reject(new UnrecoverableError(reason));
  const worker = new Worker<FanoutJob>(QUEUE, fail, {
    connection: world.connect(world.workerOptions),
    prefix: keys.queue(QUEUE),
    concurrency: 5,
  });
  const failed = async () => (await queues.get(QUEUE).getFailed()).map(({ id }) => id);
  await waitFor(async () => {
    const all = await failed();
    return ids.every((id) => all.includes(id));
  });
  await worker.close();
}

describe('sweepOnce', () => {
  it('gives a batch without a job its job, once, in whatever lane, and says so', async () => {
    const [batch, help] = [await commit(2), await commit(1, 'help')];
    await Promise.all([sweepLater(), sweepLater()]);
    await sweepLater();
    expect(await jobIds()).toEqual([batch.id]);
    expect(await jobIds(QUEUES.help)).toEqual([help.id]);
    const [job] = await world.listJobs<FanoutJob>(QUEUE);
    expect(job?.data).toEqual({ shard: 0, ids: batch.ids });
    expect(lines.some(({ msg, batch: id }) => msg === 'batch had lost its job' && id === batch.id)).toBe(true);
  });

  it('finds a help without a job however many others wait, and one that a release before left among them', async () => {
    const backlog = await Promise.all(Array.from({ length: 220 }, () => commit(1)));
    await Promise.all(backlog.map(addJob));
    const help = await commit(1, 'help');
    await sweepLater();
    expect(await jobIds(QUEUES.help)).toContain(help.id);

    await redis.zrem(keys.shard.outbox(0, 'help'), help.id);
    await redis.zadd(keys.shard.outbox(0, 'fanout'), 1, help.id);
    await queues.get(QUEUES.help).remove(help.id);
    await sweepLater();
    expect(await jobIds(QUEUES.help)).toContain(help.id);
  });

  it('leaves alone what is young, and what has a job', async () => {
    const young = await commit(1);
    await world.ageOutbox(-60_000);
    await sweep();
    expect(await jobIds()).toEqual([]);
    await addJob(young);
    await world.ageOutbox(60_000);
    await sweepLater();
    expect(await jobIds()).toEqual([young.id]);
    expect(lines).toEqual([]);
  });

  it('splits a batch that failed for good, parks the single that still fails, and sweeps it never again', async () => {
    const batch = await commit(2);
    await addJob(batch);
    await failForGood([batch.id]);
    await Promise.all([sweepLater(), sweepLater()]);
    const singles = batch.ids.map((_, index) => `${batch.id}-${index}`);
    expect(new Set(await jobIds())).toEqual(new Set([batch.id, ...singles]));
    expect(lines).toEqual([]);

    await failForGood(singles);
    await sweepLater();
    expect(await world.listWaiting()).toEqual([]);
    expect(await outbox.countParked(0)).toBe(2);
    const alarms = lines.filter(({ level }) => level === 50);
    expect(new Set(alarms.map(({ batch: id }) => id))).toEqual(new Set(singles));
    lines = [];
    await sweepLater();
    expect(lines).toEqual([]);
  });

  it('gives one that Redis refused for good its job again, neither split nor parked, and says so', async () => {
    const batches = [await commit(2), await commit(1)];
    const ids = batches.map(({ id }) => id);
    await Promise.all(batches.map(addJob));
    await failForGood(ids, "OOM command not allowed when used memory > 'maxmemory'. script: 5f0c, on @user_script:30.");
    await Promise.all([sweepLater(), sweepLater()]);
    await sweepLater();
    expect(new Set(await jobIds())).toEqual(new Set(ids));
    expect(await Promise.all(ids.map((id) => queues.get(QUEUE).getJobState(id)))).toEqual(['waiting', 'waiting']);
    expect(await outbox.countParked(0)).toBe(0);
    expect(lines.some(({ msg }) => msg === 'batch comes again: Redis refused it')).toBe(true);
  });

  it('looks after every shard', async () => {
    const record = makeRecord(uuidv7(), [uuidv7()]);
    const { batches } = await stores.statuses.commit(1, 'fanout', [record], uuidv7());
    await sweepLater();
    expect(await jobIds(QUEUES.fanout(1))).toEqual([batches[0]?.id]);
  });
});

describe('startSweeper', () => {
  it('goes on after a turn that failed, and stops when it is closed', async () => {
    let turns = 0;
    const failing = { ...outbox, listDue: () => Promise.reject(new Error(`turn ${++turns}`)) };
    const sweeper = startSweeper({ outbox: failing, queues, shards: 1, log, intervalMs: 5 });
    await waitFor(() => turns >= 3);
    await sweeper.close();
    const atClose = turns;
    await sweep();
    expect(turns).toBe(atClose);
    expect(lines.filter(({ msg }) => msg === 'sweep').length).toBe(atClose);
  });
});
