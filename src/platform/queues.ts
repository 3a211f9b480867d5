import { DelayedError, type Job, type JobsOptions, type Processor, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

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
