import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';

/** How many queue shards this store was begun with; null where no service has been started on it. */
export async function readShardCount(redis: Redis, keys: Keys): Promise<number | null> {
  const kept = await redis.get(keys.shardCount);
  return kept === null ? null : Number(kept);
}

/**
 * The number of queue shards of this store, for good: where a status lies follows from it. Who asks first gives it theirs,
 * `configured`; all who ask at once are answered the same. Where Redis refuses a new key (it is full, its disk is, it is a
 * replica) nobody can store anything: the answer is `configured`, and a later start writes it down.
 */
export async function keepShardCount(redis: Redis, keys: Keys, configured: number): Promise<number> {
  const kept = await readShardCount(redis, keys);
  if (kept !== null) return kept;
  try {
    await redis.setnx(keys.shardCount, configured);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ReplyError') throw error;
  }
  return (await readShardCount(redis, keys)) ?? configured;
}
