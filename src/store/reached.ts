import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isHelpJob } from '../platform/alert-job.ts';
import { defineScript } from '../platform/script.ts';
import { groupByShard, type Keys, shardOf } from './keys.ts';
import recordLua from './lua/record-reached.lua?raw';

const recordScript = defineScript(recordLua);

/** A status that a device was alerted of. */
export interface ConfirmedAlert {
  status: string;
  isHelp: boolean;
}
export type ReachedStore = ReturnType<typeof createReached>;

/**
 * Whose phones have confirmed an alert. People are counted, not devices: three browsers of one person reassure no more than one.
 */
export function createReached(redis: Redis, keys: Keys, { shards }: { shards: number }) {
  return {
    /**
     * Which of these statuses this device can have been alerted of: an alert job has claimed them for its person, and it has
     * alerts turned on. Claims are older than any push, so a phone is never too fast for this.
     */
    async findAlerts(person: string, session: string, statuses: string[]): Promise<ConfirmedAlert[]> {
      const [hasAlerts, claims] = await Promise.all([
        redis.hexists(keys.person.push(person), session),
        redis.hmget(keys.person.alerted(person), ...statuses),
      ]);
      if (hasAlerts === 0) return [];
      return statuses.flatMap((status, index) => {
        const claim = claims[index];
        return claim ? [{ status, isHelp: isHelpJob(claim) }] : [];
      });
    },

    /** Counts the person; answers the statuses for which that is new, with their authors. */
    async record(person: string, statuses: string[]): Promise<{ status: string; author: string }[]> {
      const found = await Promise.all(
        [...groupByShard(statuses, shards)].map(async ([shard, ids]) => {
          const authors = (await recordScript.run(
            redis,
            ids.flatMap((id) => [keys.shard.status(shard, id), keys.shard.reached(shard, id)]),
            ids.map((id) => nameFor(id, person)),
          )) as string[];
          return ids.map((status, index) => ({ status, author: authors[index] ?? '' }));
        }),
      );
      return found.flat().filter(({ author }) => author !== '');
    },

    /** How many people's phones have confirmed an alert of it. */
    count(status: string): Promise<number> {
      return redis.scard(keys.shard.reached(shardOf(status, shards), status));
    },
  };
}

/** What is only counted needs no name: 64 bits, short, and nothing that outlives a person who is erased. */
function nameFor(status: string, person: string): string {
  return createHash('sha256').update(`${status} ${person}`).digest('base64url').slice(0, 11);
}
