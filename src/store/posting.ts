import type { Redis } from 'ioredis';
import type { CircleKind } from '../contract/circles.ts';
import { OWN_STATUSES_MAX } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import beginLua from './lua/begin-posting.lua?raw';

const beginScript = defineScript(beginLua);

/** A circle that the author is in. */
export interface JoinedCircle {
  id: string;
  kind: CircleKind;
  role: Member['role'];
}
export type PostingStart = { kind: 'begun'; circles: JoinedCircle[] } | { kind: 'too-many'; retryAfterSeconds: number };
export type PostingStore = ReturnType<typeof createPosting>;

/** What a post asks of its author's own keys: one script, beside one small read for each circle. */
export function createPosting(redis: Redis, keys: Keys, { ttlSeconds }: { ttlSeconds: number }) {
  return {
    /**
     * Counts the post against the rate, puts its id on the author's own list (before the commit, so that an accepted status is
     * never missing there), and says in which of the circles asked for (undefined: of all) the author is. The list knows the
     * kind, which never changes; membership and role are the circle's own word.
     */
    async begin(
      author: string,
      statusId: string,
      asked: string[] | undefined,
      now: Date,
      rate: { points: number; seconds: number },
    ): Promise<PostingStart> {
      const readMember = (circle: string) => redis.hget(keys.circle.members(circle), author);
      // An empty array asks for no circle at all, which no list can name.
      if (asked?.length === 0) asked = [''];
      const [answer, members] = await Promise.all([
        beginScript.run(
          redis,
          [keys.person.posts(author), keys.person.circles(author), keys.person.statuses(author)],
          [rate.points, rate.seconds, statusId, now.getTime(), ttlSeconds, OWN_STATUSES_MAX, ...(asked ?? [])],
        ) as Promise<number | string[]>,
        // Those that are named are asked in the same turn; of those that are not, the list must be read first.
        Promise.all((asked ?? []).map(readMember)),
      ]);
      if (typeof answer === 'number') return { kind: 'too-many', retryAfterSeconds: Math.max(1, Math.ceil(answer / 1_000)) };
      const listed = toPairs(answer);
      const texts = asked
        ? listed.map(([id]) => members[asked.indexOf(id)])
        : await Promise.all(listed.map(([id]) => readMember(id)));
      const circles = listed.flatMap(([id, kind], index) => {
        const text = texts[index];
        return text ? [{ id, kind: kind as CircleKind, role: (JSON.parse(text) as Member).role }] : [];
      });
      return { kind: 'begun', circles };
    },
  };
}

function toPairs(flat: string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[index * 2] ?? '', flat[index * 2 + 1] ?? '']);
}
