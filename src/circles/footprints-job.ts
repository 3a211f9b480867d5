import type { Logger } from 'pino';
import { type ChoreJob, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';

/** Members of a deleted circle in one chore: each has up to OWN_STATUSES_MAX statuses to look for. */
const MEMBERS_PER_JOB = 100;

/** Leaves the footprints of who went to the workers. Never fails: nobody is shown them any more, and they expire. */
export type ForgetFootprints = (circle: string, members: string[], until: number | 'deleted') => Promise<void>;

export function createForgetFootprints(queues: QueueSet, log: Logger): ForgetFootprints {
  return async (circle, members, until) => {
    const jobs = [];
    for (let from = 0; from < members.length; from += MEMBERS_PER_JOB) {
      const page = members.slice(from, from + MEMBERS_PER_JOB);
      jobs.push({ name: 'forget-footprints', data: { kind: 'forget-footprints' as const, circle, members: page, until } });
    }
    const queue = queues.get<ChoreJob>(QUEUES.chores);
    await queue.addBulk(jobs).catch((err: unknown) => log.warn({ err, circle }, 'footprints left to expire'));
  };
}
