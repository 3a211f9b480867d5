import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import { COMMIT_MAX, COMMIT_QUEUE_MAX } from '../contract/limits.ts';
import type { PostStatus, Receipt } from '../contract/statuses.ts';
import { addFanoutJob } from '../platform/fanout-job.ts';
import { type Lane, laneOf } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import { Rounds, RoundsFullError } from '../platform/rounds.ts';
import type { PostingStore } from '../store/posting.ts';
import type { CommitOutcome, StatusRecord, StatusStore } from '../store/statuses.ts';
import { chooseAudience, computeWrittenAt, mayPost } from './audience.ts';

export interface AcceptOptions {
  statuses: StatusStore;
  posting: PostingStore;
  /** How often a person may post. */
  rate: { points: number; seconds: number };
  queues: QueueSet;
  /** Told how long each commit took, also one that failed: one that timed out is what a slow Redis looks like. */
  observeCommit: (ms: number) => void;
  metrics: { observeAccept(seconds: number): void; countAccepted(lane: Lane): void };
  log: Logger;
  now: () => Date;
  /** Ms by a clock that only goes on, for durations: NTP may set the other while a commit runs. Another one for tests. */
  monotonicMs?: () => number;
}
/** @throws AppError `too-many-requests`, `not-found`, `no-circle`, `id-taken`, `unavailable` */
export type Accept = (author: string, post: PostStatus) => Promise<Receipt>;

/**
 * Takes statuses in. The receipt is given only once Redis has the status on disk; the fan-out job is added after that and not
 * waited for, because the outbox entry in the same commit brings it back should it get lost.
 */
export function createAccept(options: AcceptOptions): Accept {
  const { statuses, posting, rate, metrics, now, monotonicMs = readMonotonicMs } = options;
  const committers = new Map<string, Rounds<StatusRecord, CommitOutcome>>();

  /**
   * A group commit per shard and lane: *help* waits behind no group of others. A busy service pays for one script and one fsync
   * per group.
   */
  function committerOf(shard: number, lane: Lane): Rounds<StatusRecord, CommitOutcome> {
    const name = `${lane}-${shard}`;
    let committer = committers.get(name);
    if (!committer) {
      const commit = (records: StatusRecord[]) => commitGroup(options, shard, lane, records);
      committer = new Rounds({ work: commit, atOnce: 1, mostWeight: COMMIT_MAX, mostWaiting: COMMIT_QUEUE_MAX });
      committers.set(name, committer);
    }
    return committer;
  }

  return async function accept(author, post) {
    const startedMs = monotonicMs();
    const audience = await chooseOrRecall(author, post);
    if ('receipt' in audience) return audience.receipt;
    const acceptedAt = now();
    const { circles, placeCircles } = audience;
    const record: StatusRecord = {
      id: post.id,
      author,
      condition: post.condition,
      ...(post.note && { note: post.note }),
      ...(post.place && { place: post.place, placeCircles }),
      circles,
      writtenAt: computeWrittenAt(post, acceptedAt).toISOString(),
      acceptedAt: acceptedAt.toISOString(),
    };
    const lane = laneOf(post.condition);
    const outcome = await committerOf(statuses.shardOf(post.id), lane)
      .add(record)
      .catch((error) => {
        throw error instanceof RoundsFullError ? new AppError('unavailable') : error;
      });
    metrics.observeAccept((monotonicMs() - startedMs) / 1_000);
    if (outcome.kind === 'known') return recall(author, outcome.record);
    if (outcome.kind === 'retracted') return { ...toReceipt(record), retracted: true };
    metrics.countAccepted(lane);
    return toReceipt(record);
  };

  /** The audience; or, where there is none any more, the receipt that this id was given before. */
  async function chooseOrRecall(
    author: string,
    post: PostStatus,
  ): Promise<{ circles: string[]; placeCircles: string[] } | { receipt: Receipt }> {
    const begun = await posting.begin(author, post.id, post.circles, now(), rate);
    if (begun.kind === 'too-many') throw new AppError('too-many-requests', { retryAfterSeconds: begun.retryAfterSeconds });
    try {
      return chooseAudience(post, begun.circles.filter(mayPost));
    } catch (error) {
      const before = await statuses.read(post.id);
      if (before?.author === author) return { receipt: recall(author, before) };
      throw error;
    }
  }
}

async function commitGroup(
  { statuses, observeCommit, queues, log, monotonicMs = readMonotonicMs }: AcceptOptions,
  shard: number,
  lane: Lane,
  records: StatusRecord[],
): Promise<CommitOutcome[]> {
  const startedMs = monotonicMs();
  const { batches, outcomes } = await statuses
    .commit(shard, lane, records, uuidv7())
    .finally(() => observeCommit(monotonicMs() - startedMs));
  for (const { id, ids } of batches) {
    addFanoutJob(queues, { lane, shard, batch: id, ids }).catch((err) =>
      log.warn({ err, batch: id }, 'job not added; the sweeper will'),
    );
  }
  return outcomes;
}

function readMonotonicMs(): number {
  return performance.now();
}

/** The first receipt of an id, for its author. @throws AppError `id-taken` for anybody else */
function recall(author: string, record: StatusRecord): Receipt {
  if (record.author !== author) throw new AppError('id-taken');
  return toReceipt(record);
}

function toReceipt({ id, acceptedAt, writtenAt, circles, retracted }: StatusRecord): Receipt {
  return { id, acceptedAt, writtenAt, circles, ...(retracted && { retracted }) };
}
