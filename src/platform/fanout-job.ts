import type { Queue } from 'bullmq';
import { type FanoutJob, type Lane, QUEUES } from './jobs.ts';
import type { QueueSet } from './queues.ts';

/** One batch of the outbox, on its way. */
export interface FanoutBatch {
  lane: Lane;
  shard: number;
  /** Also the job's id: adding it again while the first one waits or runs changes nothing. */
  batch: string;
  ids: string[];
}

/** Adds the job that brings a batch to its circles. Rejects when Redis is away; the sweeper then adds it. */
export async function addFanoutJob(queues: QueueSet, { lane, shard, batch, ids }: FanoutBatch): Promise<void> {
  await findFanoutQueue(queues, lane, shard).add('fanout-status', { shard, ids }, { jobId: batch });
}

/** The queue of a lane: *help* has one for all shards, so that it waits behind nothing. */
export function findFanoutQueue(queues: QueueSet, lane: Lane, shard: number): Queue<FanoutJob> {
  return queues.get<FanoutJob>(lane === 'help' ? QUEUES.help : QUEUES.fanout(shard));
}
