import type { Redis } from 'ioredis';
import { startAlertWorkers } from '../alerts/workers.ts';
import { createFanout } from '../fanout/consumer.ts';
import { startSweeper } from '../fanout/sweeper.ts';
import { startChoreWorker } from '../people/chore-worker.ts';
import { erasePerson } from '../people/erase.ts';
import { startEraseSweeper } from '../people/erase-sweeper.ts';
import { type FanoutJob, type Lane, QUEUES } from '../platform/jobs.ts';
import { createQueues, startWorker } from '../platform/queues.ts';
import { startPushWorkers } from '../push/workers.ts';
import { createStores } from '../store/stores.ts';
import type { Context } from './context.ts';

/** Batches that one worker has at the same time per shard; they share rounds, see `fanout/consumer.ts`. */
const FANOUT_CONCURRENCY = 50;
/** *help* has slots of its own. */
const HELP_CONCURRENCY = 20;

/** The role `worker`: fan-out, alerts, push, the sweeper, chores. */
export async function startWorkerRole(context: Context): Promise<void> {
  const { config, log, metrics, connections, keys, shutdown, now } = context;
  const { queueShards: shards, statusTtlSeconds } = config;
  const openStores = (redis: Redis) => createStores({ redis, keys, runId: connections.runId, shards, statusTtlSeconds });
  const redis = connections.open('patient');
  const stores = openStores(redis);
  const queues = createQueues(connections.open('worker'), keys.queue, log);
  shutdown.add('worker queues', () => queues.close());
  shutdown.add('sweeper', startSweeper({ outbox: stores.outbox, queues, shards, log }).close);

  function startFanout(lane: Lane, name: string, concurrency: number): void {
    // A connection of its own: on a shared one a call for help waits, at each step, for a pipeline of hundreds of other statuses.
    const fanOut = createFanout({ ...openStores(connections.open('patient')), queues, metrics, log, now });
    const worker = startWorker<FanoutJob>({
      name,
      prefix: keys.queue(name),
      redis: connections.open('worker'),
      concurrency,
      process: (job) => fanOut(job.id ?? '', job.data),
      lane,
      log,
    });
    shutdown.add(`worker ${name}`, () => worker.close());
  }
  for (let shard = 0; shard < shards; shard++) startFanout('fanout', QUEUES.fanout(shard), FANOUT_CONCURRENCY);
  startFanout('help', QUEUES.help, HELP_CONCURRENCY);
  const openWorkerConnection = () => connections.open('worker');
  const alerts = startAlertWorkers({
    redis,
    openWorkerConnection,
    queues,
    keys,
    dueAlerts: stores.dueAlerts,
    statuses: stores.statuses,
    log,
    now,
    isBehind: context.pressure.isBehind,
  });
  shutdown.add('alert workers', alerts.close);
  const push = startPushWorkers({
    redis,
    openWorkerConnection,
    keys,
    log,
    metrics,
    statusShards: shards,
    statusTtlSeconds,
    publicUrl: config.publicUrl,
    vapid: context.vapid,
    allowedHosts: config.pushAllowedHosts,
    now,
  });
  shutdown.add('push workers', push.close);
  const chores = startChoreWorker({
    redis: openWorkerConnection(),
    prefix: keys.queue(QUEUES.chores),
    pressure: context.pressure,
    queues,
    erase: (person, isLast) => erasePerson(person, { ...stores, now }, isLast),
    traces: stores.footprintTraces,
    log,
    now,
  });
  shutdown.add('chores', () => chores.close());
  shutdown.add('erase sweeper', startEraseSweeper({ people: stores.people, queues, log, now }).close);
}
