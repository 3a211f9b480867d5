import type { Redis } from 'ioredis';
import type { PushSubscription } from '../contract/push.ts';
import type { Provider } from '../platform/queues.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import dropLua from './lua/drop-push-subscription.lua?raw';
import putLua from './lua/put-push-subscription.lua?raw';

const putScript = defineScript(putLua);
const dropScript = defineScript(dropLua);

/** A subscription with what is needed to write and queue an alert for it. */
export interface StoredSubscription extends PushSubscription {
  /** Decides the queue. */
  provider: Provider;
  /** Origin of the pages that subscribed: where a tap on the alert leads when the service has no address of its own. */
  origin: string;
}

export type PushSubscriptionStore = ReturnType<typeof createPushSubscriptions>;

/** Push subscriptions, one for each device. Stored as `<provider> <JSON>`, so that queueing an alert parses no JSON. */
export function createPushSubscriptions(redis: Redis, keys: Keys) {
  return {
    /** Stores or replaces this device's subscription. False when its session has ended meanwhile. */
    async put(person: string, session: string, subscription: StoredSubscription): Promise<boolean> {
      const { provider, ...rest } = subscription;
      const stored = await putScript.run(
        redis,
        [keys.person.push(person), keys.person.sessions(person)],
        [session, `${provider} ${JSON.stringify(rest)}`, subscription.endpoint],
      );
      return stored === 1;
    },

    /** This device's subscription, or null. */
    async get(person: string, session: string): Promise<StoredSubscription | null> {
      const stored = await redis.hget(keys.person.push(person), session);
      return stored ? parseSubscription(stored) : null;
    },

    /** Sessions of a person with a subscription, and their providers. */
    async list(person: string): Promise<{ session: string; provider: Provider }[]> {
      const stored = await redis.hgetall(keys.person.push(person));
      return Object.entries(stored).map(([session, text]) => ({
        session,
        provider: text.slice(0, text.indexOf(' ')) as Provider,
      }));
    },

    /** Turns alerts off on a device. */
    async remove(person: string, session: string): Promise<void> {
      await redis.hdel(keys.person.push(person), session);
    },

    /** Removes what a push service called gone (404, 410). False when the device has subscribed anew since. */
    async removeGone(person: string, session: string, endpoint: string): Promise<boolean> {
      return (await dropScript.run(redis, [keys.person.push(person)], [session, endpoint])) === 1;
    },
  };
}

function parseSubscription(stored: string): StoredSubscription {
  const space = stored.indexOf(' ');
  return { ...(JSON.parse(stored.slice(space + 1)) as StoredSubscription), provider: stored.slice(0, space) as Provider };
}
