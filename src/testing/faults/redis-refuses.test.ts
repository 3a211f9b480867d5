import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAlertWorkers } from '../../alerts/workers.ts';
import { createFanout } from '../../fanout/consumer.ts';
import { startSweeper } from '../../fanout/sweeper.ts';
import { alertJobId } from '../../platform/alert-job.ts';
import { addFanoutJob, findFanoutQueue } from '../../platform/fanout-job.ts';
import { type AlertJob, type FanoutJob, type Lane, laneOf, QUEUES } from '../../platform/jobs.ts';
import { startWorker } from '../../platform/queues.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../alert-world.ts';
import { type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { makeRecord, silent } from '../store-world.ts';
import { waitFor } from '../wait-for.ts';

const PATIENCE = { timeoutMs: 60_000 };
const now = () => new Date();

let redis: PrivateRedis;
let pushService: FakePushService;
let world: AlertWorld;
let mum: Somebody;
let dad: Somebody;
let family: string;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startPrivateRedis();
  pushService = await startFakePushService();
  world = createAlertWorld(redis.url, pushService);
  [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
  family = await world.createCircle('Family', [mum, dad]);
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await world.close();
  await pushService.close();
  await redis.remove();
});

/** An acknowledged status, without its job. */
async function commit(author: Somebody, condition: 'ok' | 'help') {
  const record = makeRecord(author.id, [family], { condition, acceptedAt: now().toISOString(), writtenAt: now().toISOString() });
  const { batches } = await world.stores.statuses.commit(0, laneOf(condition), [record], uuidv7());
  return { status: record.id, batch: batches[0]?.id ?? '', lane: laneOf(condition) };
}

/** The worker of a lane; `before` is waited for by each of its jobs. */
function startLane(lane: Lane, before: () => Promise<void> = async () => undefined) {
  const { stores, queues, keys } = world;
  const fanOut = createFanout({ ...stores, queues, metrics: { observeFanout: () => undefined }, log: silent, now });
  const name = lane === 'help' ? QUEUES.help : QUEUES.fanout(0);
  const worker = startWorker<FanoutJob>({
    name,
    prefix: keys.queue(name),
    redis: world.openWorkerConnection(),
    concurrency: 5,
    process: async ({ id = '', data }) => {
      await before();
      await fanOut(id, data);
    },
    lane,
    log: silent,
  });
  closers.push(() => worker.close());
  return worker;
}

const shownOf = async (person: Somebody) =>
  (await world.stores.boards.read(family, mum.id, now()))?.members.find(({ member }) => member.id === person.id)?.status?.id;

describe('a Redis that is full', () => {
  it('costs no job an attempt, however often it refuses: all of it arrives when there is room, and nothing is parked', async () => {
    const { stores, queues, keys } = world;
    const earlier = await commit(dad, 'help');
    const [ok, help] = [await commit(mum, 'ok'), await commit(dad, 'help')];
    const alert: AlertJob = { kind: 'help', circle: family, status: earlier.status };
    // Delayed: a full Redis hands out a job only where that frees something first, which is what it does while it hovers.
    const delay = 1;
    for (const { status, batch, lane } of [ok, help]) {
      await findFanoutQueue(queues, lane, 0).add('x', { shard: 0, ids: [status] }, { jobId: batch, delay });
    }
    const alertQueue = queues.get<AlertJob>(QUEUES.alertsHelp);
    await alertQueue.add('help', alert, { jobId: alertJobId(alert), delay, attempts: 2 });
    const { token, session } = await stores.sessions.create(mum.id, 'Firefox', now(), 'attempt');
    const office = await world.createCircle('Office', [mum, dad]);
    await world.redis.config('SET', 'maxmemory', '1');
    // What is there can be read all the while, also by who comes back after hours, and whose session would be written then.
    const later = new Date(Date.now() + 86_400_000);
    expect(await stores.sessions.find(token, later)).toEqual({ session: { id: session.id, person: mum.id }, touched: false });
    // And whoever must go is gone at once.
    expect(await stores.members.remove(office, dad.id, 'remove')).toBe('removed');
    expect(await stores.boards.read(office, dad.id, now())).toBeNull();
    expect((await stores.boards.read(family, mum.id, now()))?.members).toHaveLength(2);
    expect(await stores.feeds.read(family, mum.id, null, 10)).toHaveProperty('events');

    const lanes = (['fanout', 'help'] as const).map((lane) => startLane(lane));
    let refusals = 0;
    for (const worker of lanes) worker.on('error', () => refusals++);
    const { openWorkerConnection } = world;
    const { dueAlerts, statuses } = stores;
    const given = { redis: world.redis, openWorkerConnection, queues, keys, dueAlerts, statuses, log: silent, now };
    const alerts = startAlertWorkers({ ...given, isBehind: () => false });
    closers.push(alerts.close);
    const sweeper = startSweeper({ outbox: stores.outbox, queues, shards: 1, log: silent });
    closers.push(sweeper.close);

    const readJobs = async () =>
      Promise.all([
        findFanoutQueue(queues, 'fanout', 0).getJob(ok.batch),
        findFanoutQueue(queues, 'help', 0).getJob(help.batch),
        alertQueue.getJob(alertJobId(alert)),
      ]);
    const startedMoreThan = (times: number) => async () => (await readJobs()).every((job) => (job?.attemptsStarted ?? 0) > times);
    await waitFor(startedMoreThan(6), PATIENCE);
    const jobs = await readJobs();
    expect(jobs.map((job) => job?.attemptsMade)).toEqual([0, 0, 0]);
    // Nor is Redis asked for jobs without a pause: that would be hundreds of times for each time that it hands one out.
    const handedOut = jobs.reduce((sum, job) => sum + (job?.attemptsStarted ?? 0), 0);
    expect(refusals).toBeLessThan(handedOut * 10);
    expect(await stores.outbox.oldestWaitMs(0)).not.toBeNull();

    await world.redis.config('SET', 'maxmemory', '0');
    await waitFor(async () => (await shownOf(mum)) === ok.status && (await shownOf(dad)) === help.status, PATIENCE);
    await waitFor(async () => (await stores.outbox.oldestWaitMs(0)) === null, PATIENCE);
    const told = async () => (await world.waitingPushes()).filter(({ data }) => data.kind === 'help' && data.person === mum.id);
    await waitFor(async () => new Set((await told()).flatMap(({ data }) => data.statuses)).size === 2, PATIENCE);
    expect(await stores.outbox.countParked(0)).toBe(0);
    await Promise.all([...lanes, alerts, sweeper].map((one) => one.close()));
  });
});

describe('a Redis that takes no write', () => {
  it('keeps a job active that can neither be put off nor fail, and has it done when it takes writes again', async () => {
    const { stores, queues } = world;
    const { status, batch, lane } = await commit(mum, 'ok');
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let isStarted = false;
    const refusals: string[] = [];
    const worker = startLane(lane, () => {
      isStarted = true;
      return gate;
    });
    worker.on('error', ({ message }) => refusals.push(message));
    await addFanoutJob(queues, { lane, shard: 0, batch, ids: [status] });
    await waitFor(() => isStarted);
    await world.redis.config('SET', 'min-replicas-to-write', '1');
    open?.();
    await waitFor(() => refusals.some((message) => message.startsWith('NOREPLICAS')), PATIENCE);
    const job = () => findFanoutQueue(queues, lane, 0).getJob(batch);
    expect(await (await job())?.getState()).toBe('active');
    expect((await job())?.attemptsMade).toBe(0);

    await world.redis.config('SET', 'min-replicas-to-write', '0');
    await waitFor(async () => (await shownOf(mum)) === status, PATIENCE);
    expect(await stores.outbox.countParked(0)).toBe(0);
  });
});
