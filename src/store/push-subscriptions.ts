import type { Redis } from 'ioredis';
import type { PushSubscription } from '../contract/push.ts';
import type { Provider } from '../platform/jobs.ts';
import { defineScript } from '../platform/script.ts';
import { hashSecret } from '../platform/secret.ts';
import type { Keys } from './keys.ts';
import clearOwnerLua from './lua/clear-push-owner.lua?raw';
import dropLua from './lua/drop-push-subscription.lua?raw';
import putLua from './lua/put-push-subscription.lua?raw';

const putScript = defineScript(putLua);
const dropScript = defineScript(dropLua);
const clearOwnerScript = defineScript(clearOwnerLua);

/** As long as the session that it names lives without being used; each open of the app sends the subscription again. */
const OWNER_SECONDS = 400 * 86_400;

/** A subscription with what is needed to write and queue an alert for it. */
export interface StoredSubscription extends PushSubscription {
  /** Decides the queue. */
  provider: Provider;
  /** Origin of the pages that subscribed: where a tap on the alert leads when the service has no address of its own. */
  origin: string;
}

export type PushSubscriptionStore = ReturnType<typeof createPushSubscriptions>;

/**
 * Push subscriptions, one for each device. Stored as `<provider> <JSON>`, so that queueing an alert parses no JSON. A browser
 * keeps its endpoint when another person signs in on it, so each endpoint has one owner, and nobody else is alerted there.
 */
export function createPushSubscriptions(redis: Redis, keys: Keys) {
  const ownerKey = (endpoint: string) => keys.pushOwner(hashSecret(endpoint));

  async function read(person: string, session: string): Promise<StoredSubscription | null> {
    const stored = await redis.hget(keys.person.push(person), session);
    return stored ? parseSubscription(stored) : null;
  }

  async function isOwnedBy(person: string, session: string, endpoint: string): Promise<boolean> {
    const owner = await redis.get(ownerKey(endpoint));
    return owner === null || owner === `${person} ${session}`;
  }

  /** Takes an endpoint from its owner. Once the owner is forgotten, no subscription of theirs for it is left. */
  async function takeFrom(owner: string, endpoint: string): Promise<void> {
    const [person = '', session = ''] = owner.split(' ');
    await dropScript.run(redis, [keys.person.push(person)], [session, endpoint]);
    await clearOwnerScript.run(redis, [ownerKey(endpoint)], [owner]);
  }

  return {
    /**
     * Stores or replaces this device's subscription. False when its session has ended meanwhile.
     *
     * The two people's keys are in different slots, so this is several steps: the former owner goes first, the new one is named
     * last. After a crash in between the endpoint has no owner and at most one subscription, until the browser sends it again.
     */
    async put(person: string, session: string, subscription: StoredSubscription): Promise<boolean> {
      const { endpoint, provider, ...rest } = subscription;
      const owner = `${person} ${session}`;
      const former = await redis.get(ownerKey(endpoint));
      if (former !== null && former !== owner) await takeFrom(former, endpoint);
      const stored = await putScript.run(
        redis,
        [keys.person.push(person), keys.person.sessions(person)],
        [session, `${provider} ${JSON.stringify({ endpoint, ...rest })}`, endpoint],
      );
      if (stored !== 1) return false;
      const between = await redis.set(ownerKey(endpoint), owner, 'EX', OWNER_SECONDS, 'GET');
      // Somebody else signed in on the same browser at the same time: who is named last has it.
      if (between !== null && between !== owner) await takeFrom(between, endpoint);
      return true;
    },

    /** This device's subscription; null where it has none, or where its browser belongs to somebody else by now. */
    async get(person: string, session: string): Promise<StoredSubscription | null> {
      const subscription = await read(person, session);
      return subscription && (await isOwnedBy(person, session, subscription.endpoint)) ? subscription : null;
    },

    /** Whether that browser belongs to nobody else by now. */
    isOwnedBy,

    /** Sessions of a person with a subscription, and their providers. */
    async list(person: string): Promise<{ session: string; provider: Provider }[]> {
      const stored = await redis.hgetall(keys.person.push(person));
      return Object.entries(stored).map(([session, text]) => ({
        session,
        provider: text.slice(0, text.indexOf(' ')) as Provider,
      }));
    },

    /**
     * Where alerts of a person's devices go, by session: the host of the push service, for the path is a secret between it and the
     * browser, and the time zone that they are told in.
     */
    async listPlaces(person: string): Promise<Map<string, { host: string; timeZone?: string }>> {
      const stored = await redis.hgetall(keys.person.push(person));
      return new Map(
        Object.entries(stored).map(([session, text]) => {
          const { endpoint, timeZone } = parseSubscription(text);
          return [session, { host: new URL(endpoint).hostname, ...(timeZone && { timeZone }) }];
        }),
      );
    },

    /** Turns alerts off on a device. */
    async remove(person: string, session: string): Promise<void> {
      const former = await read(person, session);
      await redis.hdel(keys.person.push(person), session);
      if (former) await clearOwnerScript.run(redis, [ownerKey(former.endpoint)], [`${person} ${session}`]);
    },

    /** Removes what a push service called gone (404, 410). False when the device has subscribed anew since. */
    async removeGone(person: string, session: string, endpoint: string): Promise<boolean> {
      const isRemoved = (await dropScript.run(redis, [keys.person.push(person)], [session, endpoint])) === 1;
      if (isRemoved) await clearOwnerScript.run(redis, [ownerKey(endpoint)], [`${person} ${session}`]);
      return isRemoved;
    },
  };
}

/** Takes apart what is stored for one device. */
export function parseSubscription(stored: string): StoredSubscription {
  const space = stored.indexOf(' ');
  return { ...(JSON.parse(stored.slice(space + 1)) as StoredSubscription), provider: stored.slice(0, space) as Provider };
}
