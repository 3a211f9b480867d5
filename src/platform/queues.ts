import { setTimeout as delay } from 'node:timers/promises';
import { DelayedError, type Job, type JobsOptions, type Processor, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { chooseRetryWait } from '../contract/send-again.ts';
import type { Lane } from './jobs.ts';
import { isRedisAway } from './redis-away.ts';

/**
 * Defaults of every job: five attempts with jittered backoff, gone when done. Attempts are for what is wrong with the job: one
 * that Redis refuses is put off. A failed job is kept for a day, so that an operator can look at it.
 */
const JOB_DEFAULTS: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { age: 86_400, count: 1_000 },
};

/**
 * Longest and, halved, shortest that a job waits which Redis refused: a Redis that is full has better things to do than to refuse
 * it again at once. *help* takes the first room there is.
 */
const REFUSED_PUT_OFF_MS: Record<Lane, number> = { fanout: 2_000, help: 500 };
/** Longest until a Redis that refused to hand out a job is asked again; halved, the shortest. */
const FETCH_AGAIN_MS = 500;
/** One line about refused jobs is enough while each of them comes again every second or two. */
const REFUSED_LOG_MS = 5_000;

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
  /** `help` for what waits behind nothing; `fanout` unless it says otherwise. */
  lane?: Lane;
  log: Logger;
}

/**
 * Consumers' side. A crash must not use up a job, so stalls are checked every 5 s and allowed 20 times (with BullMQ's default
 * of one, two crashes destroyed jobs: measured); every processor is safe to run twice.
 *
 * A job that fails by an error of Redis (`isRedisAway`) is put off for a moment, uses up none of its attempts and so fails for good
 * by none of them, however long Redis stays as it is. A full Redis takes the putting off: a script that frees memory first may
 * go on. One that takes no write at all (no replica, no disk, read-only) refuses it, and then the ordinary failure too: the job
 * stays active until its lock has run out and Redis takes writes again, and comes back as a stalled one. Only where Redis changes
 * its mind in between does that cost an attempt.
 */
export function startWorker<Data>(settings: WorkerSettings<Data>): Worker<Data> {
  const { name, prefix, redis, concurrency, process, lane = 'fanout', log } = settings;
  let saidAt = Number.NEGATIVE_INFINITY;

  async function workOrPutOff(job: Job<Data>, token?: string): Promise<unknown> {
    try {
      return await process(job, token);
    } catch (err) {
      if (!isRedisAway(err)) throw err;
      const about = { err, queue: name, job: job.id };
      if (performance.now() - saidAt < REFUSED_LOG_MS) log.debug(about, 'job put off: Redis refused it');
      else {
        saidAt = performance.now();
        log.warn(about, 'jobs put off: Redis refused this one');
      }
      return await putOff(job, Date.now() + chooseWait(REFUSED_PUT_OFF_MS[lane]), token).catch((thrown: unknown) => {
        throw thrown instanceof DelayedError ? thrown : err;
      });
    }
  }

  const worker = new CalmWorker<Data>(name, workOrPutOff, {
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

/** Where Redis refuses to hand out a job BullMQ asks again at once, hundreds of times a second and queue (measured): this one waits. */
class CalmWorker<Data> extends Worker<Data> {
  protected override async moveToActive(token: string, name?: string): Promise<Job<Data>> {
    try {
      return await super.moveToActive(token, name);
    } catch (err) {
      if (isRedisAway(err)) await delay(chooseWait(FETCH_AGAIN_MS));
      throw err;
    }
  }
}

/** Up to so many ms and half of it at least, however often: a Redis that takes writes again is not left idle. */
function chooseWait(ms: number): number {
  return chooseRetryWait({ firstMs: ms, longestMs: ms }, 0);
}

/**
 * Puts the job that is being worked on off until a moment (ms): it uses up none of its attempts, which are for bugs.
 * @throws always, which tells its worker
 */
export async function putOff(job: Job, until: number, token?: string): Promise<never> {
  await job.moveToDelayed(until, token);
  throw new DelayedError();
}
