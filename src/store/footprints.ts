import type { Redis } from 'ioredis';
import { type CircleKind, FOOTPRINT_KINDS } from '../contract/circles.ts';
import { SEEN_BY_MAX } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import recordLua from './lua/record-footprints.lua?raw';
import { leavesFootprints, type Membership } from './members.ts';
import { orderKeyOf } from './order-key.ts';
import type { StatusRecord } from './statuses.ts';

const recordScript = defineScript(recordLua);

export type FootprintStore = ReturnType<typeof createFootprints>;

/**
 * Who has seen which status in which circle. A footprint that is kept is not yet one that is shown: whoever left, came back
 * since, or turned footprints off, in the circle or altogether, is left out when they are read. `store/footprint-traces.ts`
 * takes away what nobody may see any more.
 */
export function createFootprints(redis: Redis, keys: Keys, { statusTtlSeconds }: { statusTtlSeconds: number }) {
  /** Of these people, those who have turned all footprints off: names and figures both go by this answer. */
  async function findHidden(people: string[]): Promise<Set<string>> {
    const answers = await redis.smismember(keys.hidden, ...people);
    return new Set(people.filter((_, index) => answers[index] === 1));
  }

  /**
   * For each of these statuses who has seen it, the first first, of those who leave footprints in the circle. Whoever left and
   * came back is a new member: what they saw before is not told.
   */
  async function readViewers(circle: string, author: string, statuses: string[]): Promise<Map<string, string[]>> {
    const [kind, own, ...lists] = await Promise.all([
      redis.hget(keys.circle.info(circle), 'kind'),
      redis.hget(keys.circle.membership(circle), author),
      ...statuses.map((status) => redis.zrange(keys.circle.seen(circle, status), '0', '-1', 'WITHSCORES')),
    ]);
    const seenAt = lists.map(toTimes);
    const people = [...new Set(seenAt.flatMap((times) => [...times.keys()]))];
    const leavesAny = (membership: Membership) => leavesFootprints(kind as CircleKind, membership);
    if (!kind || !own || people.length === 0 || !leavesAny(JSON.parse(own) as Membership)) return new Map();
    const memberships = await redis.hmget(keys.circle.membership(circle), ...people);
    const since = new Map<string, number>();
    for (const [index, person] of people.entries()) {
      const membership = JSON.parse(memberships[index] ?? 'null') as Membership | null;
      if (membership && leavesAny(membership)) since.set(person, Date.parse(membership.joinedAt));
    }
    const isShown = ([person, at]: [string, number]) => at >= (since.get(person) ?? Number.POSITIVE_INFINITY);
    return new Map(
      statuses.map((status, index) => [status, [...(seenAt[index] ?? [])].filter(isShown).map(([person]) => person)]),
    );
  }

  return {
    /**
     * Leaves a member's footprints on statuses that went to the circle. Answers those on which they are new; null for whoever
     * is no member.
     */
    async record(circle: string, person: string, records: StatusRecord[], now: Date): Promise<StatusRecord[] | null> {
      const hidden = await findHidden([person]);
      const seen = hidden.has(person) ? [] : records;
      const answers = (await recordScript.run(
        redis,
        [
          keys.circle.info(circle),
          keys.circle.membership(circle),
          ...seen.flatMap(({ id, author }) => [keys.circle.history(circle, author), keys.circle.seen(circle, id)]),
        ],
        [
          person,
          now.getTime(),
          SEEN_BY_MAX,
          FOOTPRINT_KINDS.join(' '),
          ...seen.flatMap((record) => {
            const { acceptedAt } = record;
            const left = Date.parse(acceptedAt) + statusTtlSeconds * 1_000 - now.getTime();
            return [orderKeyOf(record), acceptedAt, Math.max(1, left)];
          }),
        ],
      )) as number[] | null;
      return answers && seen.filter((_, index) => answers[index] === 1);
    },

    /** For each of these statuses of one author in a circle who has seen it, as the circle knows them, the first first. */
    async readSeenBy(circle: string, author: string, statuses: string[]): Promise<Map<string, Member[]>> {
      const viewers = await readViewers(circle, author, statuses);
      const people = [...new Set([...viewers.values()].flat())];
      if (people.length === 0) return new Map();
      const [members, hidden] = await Promise.all([
        redis.hmget(keys.circle.members(circle), ...people),
        findHidden([author, ...people]),
      ]);
      if (hidden.has(author)) return new Map();
      const shown = new Map<string, Member>();
      for (const [index, person] of people.entries()) {
        const text = members[index];
        if (text && !hidden.has(person)) shown.set(person, JSON.parse(text) as Member);
      }
      return new Map([...viewers].map(([status, ids]) => [status, ids.flatMap((id) => shown.get(id) ?? [])]));
    },

    /** How many people have seen a status in any of these circles, each once: no name is read for it. */
    async count(circles: string[], author: string, status: string): Promise<number> {
      const lists = await Promise.all(circles.map((circle) => readViewers(circle, author, [status])));
      const people = [...new Set(lists.flatMap((viewers) => viewers.get(status) ?? []))];
      if (people.length === 0) return 0;
      const hidden = await findHidden([author, ...people]);
      return hidden.has(author) ? 0 : people.filter((person) => !hidden.has(person)).length;
    },
  };
}

/** Answer of `ZRANGE … WITHSCORES` as person → moment in ms. */
function toTimes(flat: string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (let index = 0; index < flat.length; index += 2) times.set(flat[index] ?? '', Number(flat[index + 1]));
  return times;
}
