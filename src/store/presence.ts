import type { Redis } from 'ioredis';
import { PRESENCE_SECONDS } from '../contract/limits.ts';
import type { Keys } from './keys.ts';

export type PresenceStore = ReturnType<typeof createPresence>;

/** Which devices show a page of ours at this moment. Whoever says so has to say it again before it
 * expires. Read with the rest of a device: `alert-facts.ts`. */
export function createPresence(redis: Redis, keys: Keys) {
  return {
    /** The device shows a page (again), or no longer does. Said twice it is the same. */
    async setVisible(person: string, session: string, isVisible: boolean): Promise<void> {
      const key = keys.person.visible(person, session);
      if (isVisible) await redis.set(key, '1', 'EX', PRESENCE_SECONDS);
      else await redis.del(key);
    },
  };
}
