import type { Redis } from 'ioredis';
import { type DueAlert, parseAlert } from '../store/due-alerts.ts';
import type { Keys } from '../store/keys.ts';

/** Digests and what waits for later, of one shard, soonest first. */
export async function listDueAlerts(redis: Redis, keys: Keys, shard = 0): Promise<DueAlert[]> {
  const flat = await redis.zrange(keys.shard.dueAlerts(shard), '0', '-1', 'WITHSCORES');
  const count = flat.length / 2;
  return Array.from({ length: count }, (_, index) => ({
    alert: parseAlert(flat[index * 2] ?? ''),
    dueAt: Number(flat[index * 2 + 1]),
  }));
}
