import type { Redis } from 'ioredis';
import { type DueAlert, parseAlert } from '../store/due-alerts.ts';
import type { Keys } from '../store/keys.ts';

/** As when whoever took alerts of a shard had died, and their time has passed. */
export async function endLeases(redis: Redis, keys: Keys, shard = 0): Promise<void> {
  const taken = await redis.zrange(keys.shard.takenAlerts(shard), '0', '-1');
  for (const alert of taken) await redis.zadd(keys.shard.takenAlerts(shard), 'XX', 1, alert);
}

/** Digests and what waits for later, of one shard, soonest first; not what a worker took. */
export async function listDueAlerts(redis: Redis, keys: Keys, shard = 0): Promise<DueAlert[]> {
  const flat = await redis.zrange(keys.shard.dueAlerts(shard), '0', '-1', 'WITHSCORES');
  const count = flat.length / 2;
  return Array.from({ length: count }, (_, index) => ({
    alert: parseAlert(flat[index * 2] ?? ''),
    dueAt: Number(flat[index * 2 + 1]),
  }));
}
