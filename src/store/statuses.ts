import type { Redis } from 'ioredis';
import { BATCH_MAX, IDEMPOTENCY_DAYS } from '../contract/limits.ts';
import type { Condition } from '../contract/statuses.ts';
import type { Lane } from '../platform/jobs.ts';
import { defineScript } from '../platform/script.ts';
import { groupByShard, type Keys, shardOf } from './keys.ts';
import commitLua from './lua/commit-statuses.lua?raw';
import retractLua from './lua/retract-status.lua?raw';

const commitScript = defineScript(commitLua);
const retractScript = defineScript(retractLua);

const TOMBSTONE_SECONDS = IDEMPOTENCY_DAYS * 86_400;

/** A status as it was accepted. Times are RFC 3339 UTC. */
export interface StatusRecord {
  id: string;
  author: string;
  condition: Condition;
  note?: string;
  place?: string;
  circles: string[];
  placeCircles?: string[];
  writtenAt: string;
  acceptedAt: string;
  retracted?: true;
}

export interface Batch {
  id: string;
  ids: string[];
}
/** What became of one status in a commit: stored now, an earlier record with the same id, or a tombstone that was there first. */
export type CommitOutcome = { kind: 'stored' } | { kind: 'known'; record: StatusRecord } | { kind: 'retracted' };

export type StatusStore = ReturnType<typeof createStatuses>;

/** Statuses by id, with the outbox entries that bring them onwards. `redis` for commits should not be shared with slow readers. */
export function createStatuses(redis: Redis, keys: Keys, options: { shards: number; ttlSeconds: number }) {
  const { shards, ttlSeconds } = options;
  const statusKey = (id: string) => keys.shard.status(shardOf(id, shards), id);
  const tombstoneKey = (id: string, author: string) => keys.shard.tombstone(shardOf(id, shards), id, author);

  async function readMany(ids: string[]): Promise<(StatusRecord | null)[]> {
    const found = new Map<string, string | null>();
    // One command for each shard, whose records are in one slot.
    await Promise.all(
      [...groupByShard(ids, shards).values()].map(async (some) => {
        const texts = await redis.mget(some.map(statusKey));
        some.forEach((id, index) => {
          found.set(id, texts[index] ?? null);
        });
      }),
    );
    return ids.map((id) => {
      const text = found.get(id);
      return text ? (JSON.parse(text) as StatusRecord) : null;
    });
  }

  return {
    shardOf: (id: string) => shardOf(id, shards),
    shards,

    /** Stores records of one shard and lane in one script. The answer comes only after Redis has it (AOF always: on disk). */
    async commit(
      shard: number,
      lane: Lane,
      records: StatusRecord[],
      seed: string,
    ): Promise<{ batches: Batch[]; outcomes: CommitOutcome[] }> {
      const [batches, outcomes] = (await commitScript.run(
        redis,
        [
          keys.shard.outbox(shard, lane),
          keys.shard.batches(shard),
          ...records.flatMap(({ id, author }) => [statusKey(id), tombstoneKey(id, author)]),
        ],
        [ttlSeconds, lane, BATCH_MAX, seed, ...records.flatMap((record) => [record.id, JSON.stringify(record)])],
      )) as [string[], string[]];
      return { batches: toBatches(batches), outcomes: outcomes.map(toOutcome) };
    },

    /** Retracts; see `lua/retract-status.lua`. `batch` becomes the outbox entry when there is something to fan out. */
    async retract(id: string, author: string, batch: string): Promise<'queued' | 'unknown' | 'foreign' | 'again'> {
      const shard = shardOf(id, shards);
      return (await retractScript.run(
        redis,
        [
          statusKey(id),
          tombstoneKey(id, author),
          keys.shard.outbox(shard, 'help'),
          keys.shard.batches(shard),
          keys.shard.reached(shard, id),
        ],
        [TOMBSTONE_SECONDS, author, id, batch],
      )) as 'queued' | 'unknown' | 'foreign' | 'again';
    },

    async read(id: string): Promise<StatusRecord | null> {
      return (await readMany([id]))[0] ?? null;
    },

    /** Records in the order of the ids, null where one has expired or was erased. */
    readMany,

    /** Push services took an alert of these statuses for these people. */
    async recordAlerted(peopleByStatus: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
      await Promise.all(
        [...peopleByStatus].flatMap(([id, people]) => {
          const key = keys.shard.alerted(shardOf(id, shards), id);
          return [redis.sadd(key, ...people), redis.expire(key, ttlSeconds)];
        }),
      );
    },

    /** How many people's push service took an alert for it. */
    countAlerted(id: string): Promise<number> {
      return redis.scard(keys.shard.alerted(shardOf(id, shards), id));
    },

    /** Ids on the author's own list, newest first. */
    listOwn(author: string, limit: number): Promise<string[]> {
      return redis.zrevrange(keys.person.statuses(author), 0, limit - 1);
    },

    /** Forgets an author's own list. */
    async forgetOwn(author: string): Promise<void> {
      await redis.unlink(keys.person.statuses(author));
    },

    /** Forgets the words of these statuses (their author is erased). */
    async forget(ids: string[]): Promise<void> {
      await Promise.all(
        ids.map((id) => {
          const shard = shardOf(id, shards);
          return redis.unlink(statusKey(id), keys.shard.alerted(shard, id), keys.shard.reached(shard, id));
        }),
      );
    },
  };
}

function toBatches(flat: string[]): Batch[] {
  const batches: Batch[] = [];
  for (let index = 0; index < flat.length; index += 2)
    batches.push({ id: flat[index] ?? '', ids: (flat[index + 1] ?? '').split(',') });
  return batches;
}

function toOutcome(answer: string): CommitOutcome {
  if (answer === '') return { kind: 'stored' };
  if (answer === 'retracted') return { kind: 'retracted' };
  return { kind: 'known', record: JSON.parse(answer) as StatusRecord };
}
