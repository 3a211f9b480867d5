import { ERASE_AGAIN_SECONDS } from '../contract/limits.ts';
import { type ChoreJob, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';

/**
 * Adds the chore that erases a person. The same id makes a second one nothing; one that failed for good is not kept, so that the
 * sweeper can bring it back.
 */
export async function addEraseJob(queues: QueueSet, person: string): Promise<void> {
  const options = { jobId: `erase-${person}`, removeOnFail: true };
  await queues.get<ChoreJob>(QUEUES.chores).add('erase-person', { kind: 'erase-person', person }, options);
}

/** Adds the chore that erases them for the second and last time, of which there is one as well. */
export async function addLastEraseJob(queues: QueueSet, person: string): Promise<void> {
  const options = { jobId: `erase-last-${person}`, removeOnFail: true, delay: ERASE_AGAIN_SECONDS * 1_000 };
  await queues.get<ChoreJob>(QUEUES.chores).add('erase-person', { kind: 'erase-person', person, isLast: true }, options);
}
