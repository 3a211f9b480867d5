import type { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { isRedisAway } from '../platform/redis-away.ts';
import { defineScript } from '../platform/script.ts';
import { createSecret, hashSecret } from '../platform/secret.ts';
import { createAttempts } from './attempts.ts';
import { formatControlMessage } from './control-messages.ts';
import type { Keys } from './keys.ts';
import touchLua from './lua/touch-session.lua?raw';
import { createPushSubscriptions } from './push-subscriptions.ts';

/** Browsers cap cookies at 400 days (RFC 6265bis, section 5.5); the session slides along with its cookie. */
export const SESSION_SECONDS = 400 * 86_400;
/** How often `lastUsedAt` is written: an hour is exact enough for a list of devices. */
const TOUCH_MS = 3_600_000;

export interface Session {
  id: string;
  person: string;
  /** Browser and system in words, from the User-Agent. */
  name: string;
  createdAt: string;
  lastUsedAt: string;
}

/** A device that signed in as somebody by a code, as their other devices show it. */
export interface NewDevice {
  /** Of its session, which may have ended since. */
  id: string;
  /** Browser and system in words. */
  name: string;
  /** When it signed in, RFC 3339 UTC. */
  at: string;
}

/** Of so many new devices word is kept; whoever signs in oftener than their owner looks is seen by the number. */
const NEW_DEVICES_KEPT_MAX = 10;
/** Before a session's id: up to which new device its owner has seen them there. */
const SEEN = 'seen ';

const touchScript = defineScript(touchLua);

export type SessionStore = ReturnType<typeof createSessions>;

/** Devices signed in. */
export function createSessions(redis: Redis, keys: Keys) {
  const subscriptions = createPushSubscriptions(redis, keys);
  const attempts = createAttempts(redis, keys);

  async function read(tokenHash: string): Promise<Session | null> {
    const { attempt: _, ...hash } = await redis.hgetall(keys.session(tokenHash));
    return hash['id'] ? (hash as unknown as Session) : null;
  }

  async function index(person: string): Promise<{ id: string; hash: string }[]> {
    const entries = await redis.hgetall(keys.person.sessions(person));
    return Object.entries(entries).map(([id, hash]) => ({ id, hash }));
  }

  /** What was answered has arrived: no repeat of the attempt is answered any more. */
  async function endAttempt(tokenHash: string, attempt: string): Promise<void> {
    await attempts.use(attempt);
    await redis.hdel(keys.session(tokenHash), 'attempt');
  }

  /** Whether it was written: a Redis that takes no writes must not keep those out who come to read. It is written another time. */
  async function touch(hash: string, now: Date): Promise<boolean> {
    const written = touchScript.run(redis, [keys.session(hash)], [now.toISOString(), SESSION_SECONDS]);
    return written.then(() => true).catch(unlessAway);
  }

  function unlessAway(error: unknown): false {
    if (!isRedisAway(error)) throw error;
    return false;
  }

  return {
    /**
     * Signs a device in. The list entry comes first: no session may exist that its person cannot see.
     * @param attempt hash of the attempt to make a person that this answers; it ends with the first use of this session
     */
    async create(person: string, name: string, now: Date, attempt?: string): Promise<{ token: string; session: Session }> {
      const token = createSecret();
      const hash = hashSecret(token);
      const session: Session = { id: uuidv7(), person, name, createdAt: now.toISOString(), lastUsedAt: now.toISOString() };
      await redis.hset(keys.person.sessions(person), session.id, hash);
      await redis
        .multi()
        .hset(keys.session(hash), { ...session, ...(attempt && { attempt }) })
        .expire(keys.session(hash), SESSION_SECONDS)
        .exec();
      return { token, session };
    },

    /** The session of a token, or null. `touched`: it was written as used now, so its cookie should slide too. */
    async find(token: string, now: Date): Promise<{ session: Pick<Session, 'id' | 'person'>; touched: boolean } | null> {
      const hash = hashSecret(token);
      const [id, person, lastUsedAt, attempt] = await redis.hmget(keys.session(hash), 'id', 'person', 'lastUsedAt', 'attempt');
      if (!id || !person) return null;
      if (attempt) await endAttempt(hash, attempt).catch(unlessAway);
      const isOld = now.getTime() - Date.parse(lastUsedAt ?? '') > TOUCH_MS;
      return { session: { id, person }, touched: isOld && (await touch(hash, now)) };
    },

    /** Ends the attempt that made this person, if it is still open: an answer to it was used by other means than its session. */
    async endAttempts(person: string): Promise<void> {
      for (const { hash } of await index(person)) {
        const attempt = await redis.hget(keys.session(hash), 'attempt');
        if (attempt) await endAttempt(hash, attempt);
      }
    },

    /**
     * All sessions of a person, newest first. An entry without its session has expired, or is just being made: it is passed over
     * and never dropped here, for a session that its person cannot see must not exist.
     */
    async list(person: string): Promise<Session[]> {
      const entries = await index(person);
      const sessions = await Promise.all(entries.map(({ hash }) => read(hash)));
      return sessions.filter((session) => session !== null).sort((a, b) => (a.id < b.id ? 1 : -1));
    },

    /**
     * Leaves word of a new device for all others of its person. It outlives the new session: whoever signs in, copies, and signs
     * out again has been there all the same.
     */
    async leaveWord({ id, person, name, createdAt }: Session): Promise<void> {
      const key = keys.person.newDevices(person);
      await redis
        .multi()
        .hset(key, id, JSON.stringify({ id, name, at: createdAt } satisfies NewDevice))
        .expire(key, SESSION_SECONDS)
        .exec();
      const ids = (await redis.hkeys(key)).filter((field) => !field.startsWith(SEEN)).sort();
      if (ids.length > NEW_DEVICES_KEPT_MAX) await redis.hdel(key, ...ids.slice(0, -NEW_DEVICES_KEPT_MAX));
    },

    /** Devices that signed in after this one and that its owner has not seen here yet, newest first. Ids sort by their time. */
    async listNewDevices(person: string, sessionId: string): Promise<NewDevice[]> {
      const fields = await redis.hgetall(keys.person.newDevices(person));
      const seen = fields[SEEN + sessionId] ?? sessionId;
      const unseen = Object.keys(fields).filter((field) => !field.startsWith(SEEN) && field > seen && field !== sessionId);
      return unseen.sort((one, other) => (one < other ? 1 : -1)).map((id) => JSON.parse(fields[id] ?? '') as NewDevice);
    },

    /** On this device its owner has seen the new ones up to that one. Nothing where there was no such device. */
    async noteSeen(person: string, sessionId: string, newest: string): Promise<void> {
      const key = keys.person.newDevices(person);
      if (await redis.hexists(key, newest)) await redis.hset(key, SEEN + sessionId, newest);
    },

    /** Which of these sessions are still signed in. */
    async stillValid(sessions: { session: string; person: string }[]): Promise<Set<string>> {
      const hashes = await Promise.all(sessions.map(({ person, session }) => redis.hget(keys.person.sessions(person), session)));
      const alive = await Promise.all(hashes.map((hash) => (hash ? redis.exists(keys.session(hash)) : 0)));
      return new Set(sessions.filter((_, position) => alive[position] === 1).map(({ session }) => session));
    },

    /** Signs one device out, here and at every gateway. False when the person has no such session. */
    async end(person: string, sessionId: string): Promise<boolean> {
      const hash = await redis.hget(keys.person.sessions(person), sessionId);
      if (!hash) return false;
      await redis.del(keys.session(hash));
      await subscriptions.remove(person, sessionId);
      await redis.hdel(keys.person.newDevices(person), SEEN + sessionId);
      await redis.publish(keys.control, formatControlMessage({ t: 'session-ended', session: sessionId }));
      await redis.hdel(keys.person.sessions(person), sessionId);
      return true;
    },

    /** Signs every device of a person out. */
    async endAll(person: string): Promise<void> {
      const entries = await index(person);
      await Promise.all(entries.map(({ id }) => this.end(person, id)));
    },
  };
}
