import type { Redis } from 'ioredis';
import { CIRCLES_PER_PERSON_MAX } from '../contract/limits.ts';
import type { Keys } from './keys.ts';

/**
 * The circles that a person is in, as their own list has it. The circle is the authority; the list may name one too many, for
 * readers verify, but never one too few: such a circle would be lost to its member. Joining and leaving at the same moment
 * write it in any order, so whoever adds confirms afterwards, and whoever drops looks again.
 */
export function createCircleLists(redis: Redis, keys: Keys) {
  async function isMember(person: string, circle: string): Promise<boolean> {
    return (await redis.hexists(keys.circle.members(circle), person)) === 1;
  }

  async function drop(person: string, circle: string): Promise<void> {
    await redis.hdel(keys.person.circles(person), circle);
    if (!(await isMember(person, circle))) return;
    const kind = await redis.hget(keys.circle.info(circle), 'kind');
    if (kind) await redis.hset(keys.person.circles(person), circle, kind);
  }

  /** Entries whose circle does not know the person: it was deleted, or its making failed, and the list was not reached. */
  async function dropStale(person: string, except: string): Promise<void> {
    const circles = (await redis.hkeys(keys.person.circles(person))).filter((circle) => circle !== except);
    const known = await Promise.all(circles.map((circle) => isMember(person, circle)));
    await Promise.all(circles.filter((_, index) => !known[index]).map((circle) => drop(person, circle)));
  }

  return {
    /**
     * Puts a circle on the list before the person joins it. False when they are in as many as they may be: each of many that
     * come at once counts itself, so the limit holds for all of them together.
     */
    async add(person: string, circle: string, kind: string): Promise<boolean> {
      const key = keys.person.circles(person);
      for (const isLastTry of [false, true]) {
        const [added, count] = await addAndCount(key, circle, kind);
        if (added === 0 || count <= CIRCLES_PER_PERSON_MAX) return true;
        await redis.hdel(key, circle);
        if (!isLastTry) await dropStale(person, circle);
      }
      return false;
    },

    /** Puts a circle on the list that the person is in by now, should somebody have dropped it in between. */
    async confirm(person: string, circle: string, kind: string): Promise<void> {
      await redis.hset(keys.person.circles(person), circle, kind);
    },

    /** Takes a circle off the list, unless the person is (again) in it. */
    drop,
  };

  async function addAndCount(key: string, circle: string, kind: string): Promise<[number, number]> {
    const answers = await redis.multi().hset(key, circle, kind).hlen(key).exec();
    const [added, count] = (answers ?? []).map(([error, answer]) => {
      if (error) throw error;
      return Number(answer);
    });
    return [added ?? 0, count ?? 0];
  }
}
