import type { Logger } from 'pino';
import { addFanoutJob, findFanoutQueue } from '../platform/fanout-job.ts';
import type { Lane } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import { isRedisAway } from '../platform/redis-away.ts';
import type { OutboxStore } from '../store/outbox.ts';
import type { Batch } from '../store/statuses.ts';

export interface SweeperOptions {
  outbox: OutboxStore;
  queues: QueueSet;
  shards: number;
  log: Logger;
  /** Milliseconds between two turns; two seconds unless a test is in a hurry. */
  intervalMs?: number;
}

/** A batch younger than this is most likely being worked on. */
const GRACE_MS = 3_000;
const INTERVAL_MS = 2_000;
/** Batches looked at in one turn, shard and lane: enough for a lost second at full load, small enough for one round trip each. */
const MOST_AT_ONCE = 200;

/**
 * Adds the job of each overdue batch that has none, and sees to those whose job failed for good: split, then parked, unless it was
 * Redis that refused them last, which says nothing about a status. Safe in many processes at once.
 */
export async function sweepOnce({ outbox, queues, shards, log }: SweeperOptions): Promise<void> {
  // *help* first, and from an outbox of its own: however long the others' is, a call for help is seen in this turn.
  for (const lane of ['help', 'fanout'] as const) {
    for (let shard = 0; shard < shards; shard++) {
      const due = await outbox.listDue(shard, lane, GRACE_MS, MOST_AT_ONCE);
      await Promise.all(due.map((batch) => sweepBatch(shard, batch)));
    }
  }

  async function sweepBatch(shard: number, batch: Batch & { lane: Lane }): Promise<void> {
    const { lane } = batch;
    const queue = findFanoutQueue(queues, lane, shard);
    const add = ({ id, ids }: Batch) => addFanoutJob(queues, { lane, shard, batch: id, ids });
    const state = await queue.getJobState(batch.id);
    if (state === 'unknown') {
      log.warn({ batch: batch.id, statuses: batch.ids }, 'batch had lost its job');
      await add(batch);
    } else if (state === 'completed') {
      // The job ended and its entry is still here: only a job kept by an operator can be in the way of a new one.
      await queue.remove(batch.id);
      await add(batch);
    } else if (state === 'failed') {
      const job = await queue.getJob(batch.id);
      // Another sweeper has just brought it again.
      if (!job?.finishedOn) return;
      if (isRedisAway(new Error(job.failedReason))) {
        log.warn({ batch: batch.id, statuses: batch.ids, reason: job.failedReason }, 'batch comes again: Redis refused it');
        await queue.remove(batch.id);
        await add(batch);
        return;
      }
      const singles = await outbox.split(shard, batch.id);
      await Promise.all(singles.map(add));
      if (singles.length === 0 && (await outbox.park(shard, batch.id))) {
        log.error({ batch: batch.id, statuses: batch.ids }, 'status parked: it failed five times on its own; see the runbook');
      }
    }
  }
}

/** Sweeps every two seconds until stopped; a failing turn is logged and the next one tries again. */
export function startSweeper(options: SweeperOptions): { close(): Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= sweepOnce(options)
      .catch((err) => options.log.warn({ err }, 'sweep'))
      .finally(() => {
        running = null;
      });
  }, options.intervalMs ?? INTERVAL_MS);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
