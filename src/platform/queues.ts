import { DelayedError, type Job, type JobsOptions, type Processor, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Condition } from '../contract/statuses.ts';

/** Push providers with a lane of their own: one that refuses or is slow holds up no other. */
export const PROVIDERS = ['fcm', 'mozilla', 'apple', 'windows', 'other'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** The two ways a status takes: *help* waits behind nothing, so it is queued and watched on its own. */
export type Lane = 'fanout' | 'help';

export function laneOf(condition: Condition): Lane {
  return condition === 'help' ? 'help' : 'fanout';
}

/** Nothing stands behind an alert job once the outbox is cleared: with the default backoff twelve attempts span a quarter of an hour. */
export const ALERT_ATTEMPTS = 12;

/** What each queue carries: ids, never content. */
export interface FanoutJob {
  /** The shard whose outbox holds this batch; the job's id is the batch's. */
  shard: number;
  ids: string[];
}
/**
 * `digest`: the news that the window of a circle collected. `later`: what waited for its members until then (`at`, ms). Both have
 * a job only once they failed, see `store/due-alerts.ts`. `help`, `withdrawn`: one status.
 */
export type AlertJob =
  | { kind: 'digest'; circle: string; window: number }
  | { kind: 'later'; circle: string; at: number }
  | { kind: 'help' | 'withdrawn'; circle: string; status: string };
/** One alert for one device. `circle` is null for what is not about a circle (a test, a new device). */
export interface PushAlert {
  kind: 'digest' | 'help' | 'withdrawn' | 'test' | 'device';
  person: string;
  session: string;
  circle: string | null;
  statuses: string[];
  /** For a `digest` of several circles: those after the first. */
  others?: { circle: string; statuses: string[] }[];
  /** For `device`: the session that is new. */
  device?: string;
  /** Not to be tried again before (ms): its push service asked for it. */
  notBefore?: number;
}
/** Alerts for devices of one provider: one job for many, as a job costs as much as a push. It keeps those not yet done. */
export type PushJob = PushAlert | { kind: 'page'; alerts: PushAlert[] };
/** Slow work that nobody waits for. */
export type ChoreJob =
  | { kind: 'erase-person'; person: string }
  /**
   * Footprints of `members` who left a circle before a moment (ms), or of a page of those who were in one that was deleted. Not
   * called `person`: a worker of the release before this knows one chore only, and would erase them.
   */
  | { kind: 'forget-footprints'; circle: string; members: string[]; until: number | 'deleted' };

/**
 * Names of the queues. *help* has queues of its own at every step, so that it waits behind nothing.
 * One fan-out queue per shard (`QUEUE_SHARDS`).
 */
export const QUEUES = {
  fanout: (shard: number) => `fanout-${shard}`,
  help: 'help',
  alerts: 'alerts',
  alertsHelp: 'alerts-help',
  push: (provider: Provider) => `push-${provider}`,
  pushHelp: (provider: Provider) => `push-${provider}-help`,
  chores: 'chores',
} as const;

/**
 * Defaults of every job: five attempts with jittered backoff, gone when done. A failed job is kept for a day, so that an
 * operator can look at it.
 */
const JOB_DEFAULTS: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { age: 86_400, count: 1_000 },
};

export interface QueueSet {
  /** The queue of that name, made at the first call. */
  get<Data>(name: string): Queue<Data>;
  close(): Promise<void>;
}

/** Producers' side. `redis` is a `producer` connection (or a `patient` one inside a worker). */
export function createQueues(redis: Redis, prefixOf: (name: string) => string, log: Logger): QueueSet {
  const queues = new Map<string, Queue>();
  return {
    get<Data>(name: string) {
      let queue = queues.get(name);
      if (!queue) {
        queue = new Queue(name, {
          connection: redis,
          prefix: prefixOf(name),
          defaultJobOptions: JOB_DEFAULTS,
          // Nobody reads the queue's event stream; a short one costs the least memory.
          streams: { events: { maxLen: 100 } },
          skipVersionCheck: true,
          skipWaitingForReady: true,
        });
        queue.on('error', (err) => log.debug({ err, queue: name }, 'queue'));
        queues.set(name, queue);
      }
      return queue as unknown as Queue<Data>;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

export interface WorkerSettings<Data> {
  name: string;
  prefix: string;
  redis: Redis;
  /** Jobs worked on at once. All workers of a queue together stay below 200: finishing a job costs more the more are active. */
  concurrency: number;
  process: Processor<Data>;
  log: Logger;
}

/**
 * Consumers' side. A crash must not use up a job, so stalls are checked every 5 s and allowed 20 times (with BullMQ's default
 * of one, two crashes destroyed jobs: measured); every processor is safe to run twice.
 */
export function startWorker<Data>({ name, prefix, redis, concurrency, process, log }: WorkerSettings<Data>): Worker<Data> {
  const worker = new Worker<Data>(name, process, {
    connection: redis,
    prefix,
    concurrency,
    // A killed worker's jobs wait this long, plus up to one stall check, before another takes them over.
    lockDuration: 5_000,
    stalledInterval: 5_000,
    maxStalledCount: 20,
    skipVersionCheck: true,
  });
  worker.on('error', (err) => log.debug({ err, queue: name }, 'worker'));
  worker.on('failed', (job, err) => {
    const about = { err, queue: name, job: job?.id, attempt: job?.attemptsMade };
    if (job && job.attemptsMade >= (job.opts.attempts ?? 1)) log.error(about, 'job failed for good');
    else log.warn(about, 'job failed');
  });
  worker.on('stalled', (job) => log.warn({ queue: name, job }, 'job stalled'));
  return worker;
}

/**
 * Puts the job that is being worked on off until a moment (ms): it uses up none of its attempts, which are for bugs.
 * @throws always, which tells its worker
 */
export async function putOff(job: Job, until: number, token?: string): Promise<never> {
  await job.moveToDelayed(until, token);
  throw new DelayedError();
}
