import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';
import { parseOrderKey } from './order-key.ts';

/** Members whose statuses are read at once, and statuses that are asked at once: a pipeline of a few milliseconds each. */
const MEMBERS_PER_PAGE = 100;
const STATUSES_PER_PAGE = 500;

export type FootprintTraces = ReturnType<typeof createFootprintTraces>;

/**
 * Takes away what is kept of footprints when somebody goes, and lists one's own for oneself. Nobody is shown any of it by then
 * (`footprints.ts`), and it would expire with its statuses: what a crash leaves behind does no harm. It walks over everybody's
 * statuses, so it is a chore's work, or is seldom asked for.
 */
export function createFootprintTraces(redis: Redis, keys: Keys) {
  const seen = (circle: string, status: string) => keys.circle.seen(circle, status);
  const pagesOf = (ids: string[], size = MEMBERS_PER_PAGE) =>
    Array.from({ length: Math.ceil(ids.length / size) }, (_, page) => ids.slice(page * size, (page + 1) * size));

  /** What a circle was shown of a member: bounded by HISTORY_PER_MEMBER_MAX. */
  async function listStatuses(circle: string, person: string): Promise<string[]> {
    const orderKeys = await redis.zrevrange(keys.circle.history(circle, person), 0, -1);
    return orderKeys.map((orderKey) => parseOrderKey(orderKey).id);
  }

  /** Of what these authors sent to a circle, what somebody has seen, and when (ms). */
  async function findBy(circle: string, person: string, authors: string[]): Promise<{ status: string; at: number }[]> {
    const statuses = (await Promise.all(authors.map((author) => listStatuses(circle, author)))).flat();
    const seenAt: (string | null)[] = [];
    for (const page of pagesOf(statuses, STATUSES_PER_PAGE))
      seenAt.push(...(await Promise.all(page.map((status) => redis.zscore(seen(circle, status), person)))));
    return statuses.flatMap((status, index) => (seenAt[index] ? [{ status, at: Number(seenAt[index]) }] : []));
  }

  return {
    listStatuses,

    /** What others have left on these statuses. */
    async removeFrom(circle: string, statuses: string[]): Promise<void> {
      await Promise.all(statuses.map((status) => redis.unlink(seen(circle, status))));
    },

    /** What a member has seen in a circle, and when (ms), in no order. Page by page, so that nobody's post waits behind it. */
    async listBy(circle: string, person: string): Promise<{ status: string; at: number }[]> {
      const found: { status: string; at: number }[] = [];
      for (const page of pagesOf(await redis.hkeys(keys.circle.board(circle))))
        found.push(...(await findBy(circle, person, page)));
      return found;
    },

    /** What somebody who left has left on the statuses of those who stay. @param until ms; what is newer stays: they may be back */
    async removeBy(circle: string, person: string, until: number): Promise<void> {
      // Whoever has a status in a circle has a row on its board: in an official one of 20,000 that is a few.
      for (const page of pagesOf(await redis.hkeys(keys.circle.board(circle)))) {
        const old = (await findBy(circle, person, page)).filter(({ at }) => at <= until);
        await Promise.all(old.map(({ status }) => redis.zrem(seen(circle, status), person)));
      }
    },

    /** All of a circle that was deleted, found by its members' own lists: their histories in it are gone. */
    async removeAll(circle: string, members: string[]): Promise<void> {
      for (const page of pagesOf(members)) {
        const lists = await Promise.all(page.map((person) => redis.zrange(keys.person.statuses(person), '0', '-1')));
        await this.removeFrom(circle, lists.flat());
      }
    },
  };
}
