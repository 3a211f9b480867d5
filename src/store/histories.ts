import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';
import { orderKeyOf, parseOrderKey } from './order-key.ts';

interface Ordered {
  id: string;
  author: string;
  writtenAt: string;
  acceptedAt: string;
}
export type HistoryStore = ReturnType<typeof createHistories>;

/** Which statuses of a member a circle was shown. */
export function createHistories(redis: Redis, keys: Keys) {
  return {
    /** Whether the circle was shown this status and it still stands. */
    async has(circle: string, status: Ordered): Promise<boolean> {
      return (await redis.zscore(keys.circle.history(circle, status.author), orderKeyOf(status))) !== null;
    },

    /** Ids of a member's statuses that were accepted at or after `since` (RFC 3339), newest first. At most HISTORY_PER_MEMBER_MAX. */
    async listIds(circle: string, author: string, since: string): Promise<string[]> {
      const entries = await redis.zrevrange(keys.circle.history(circle, author), 0, -1);
      return entries
        .map(parseOrderKey)
        .filter(({ acceptedAt }) => acceptedAt >= since)
        .map(({ id }) => id);
    },
  };
}
