import type { Redis } from 'ioredis';
import { PRESENCE_SECONDS } from '../contract/limits.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import setVisibleLua from './lua/set-visible.lua?raw';

const setVisibleScript = defineScript(setVisibleLua);

/** Which devices with a push subscription show a page of ours at this moment. Whoever says so has to say it again before it
 * expires. Read with the rest of a device: `alert-facts.ts`. */
export function createPresence(redis: Redis, keys: Keys) {
  return {
    /** The device shows a page (again), or no longer does. Said twice it is the same; nothing where no alert can reach it. */
    async setVisible(person: string, session: string, isVisible: boolean): Promise<void> {
      const { visible, push } = keys.person;
      const key = visible(person, session);
      if (isVisible) await setVisibleScript.run(redis, [key, push(person)], [session, PRESENCE_SECONDS]);
      else await redis.del(key);
    },
  };
}
