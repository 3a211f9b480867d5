import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type ChoreJob, QUEUES } from '../platform/jobs.ts';
import type { Pressure } from '../platform/pressure.ts';
import { putOff, type QueueSet, startWorker } from '../platform/queues.ts';
import type { FootprintTraces } from '../store/footprint-traces.ts';
import { addLastEraseJob } from './erase-job.ts';

export interface ChoreWorkerOptions {
  redis: Redis;
  prefix: string;
  pressure: Pick<Pressure, 'sheds'>;
  queues: QueueSet;
  erase: (person: string, isLast: boolean) => Promise<void>;
  traces: Pick<FootprintTraces, 'removeBy' | 'removeAll'>;
  log: Logger;
  now: () => Date;
  /** How long a chore is put off at a time; a test is in a hurry. */
  delayMs?: number;
}

const CHORE_CONCURRENCY = 2;
const DELAY_MS = 5_000;
/** Who is erased must be gone everywhere within 60 s, whatever else is going on: by half of that a chore runs all the same. */
const PUT_OFF_MAX_MS = 30_000;

/** Does chores, and puts them off while the service is overloaded: statuses go first. */
export function startChoreWorker(options: ChoreWorkerOptions): { close(): Promise<void> } {
  const { redis, prefix, pressure, queues, erase, traces, log, now, delayMs = DELAY_MS } = options;
  return startWorker<ChoreJob>({
    name: QUEUES.chores,
    prefix,
    redis,
    concurrency: CHORE_CONCURRENCY,
    async process(job: Job<ChoreJob>, token?: string) {
      const waitedMs = now().getTime() - job.timestamp;
      if (pressure.sheds('digests') && waitedMs + delayMs <= PUT_OFF_MAX_MS) {
        await putOff(job, now().getTime() + delayMs, token);
      }
      await work(job.data);
    },
    log,
  });

  async function work(chore: ChoreJob): Promise<void> {
    if (chore.kind === 'erase-person') {
      const { person, isLast = false } = chore;
      await erase(person, isLast);
      if (!isLast) await addLastEraseJob(queues, person);
      return;
    }
    const { circle, members, until } = chore;
    if (until === 'deleted') return traces.removeAll(circle, members);
    for (const member of members) await traces.removeBy(circle, member, until);
  }
}
