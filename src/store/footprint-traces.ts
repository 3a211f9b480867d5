import type { Redis } from 'ioredis';
import type { Keys } from './keys.ts';
import { parseOrderKey } from './order-key.ts';

/** Members whose histories are read at once: a pipeline of a few milliseconds. */
const MEMBERS_PER_PAGE = 100;

/**
 * Takes away what is kept of footprints when somebody goes. Nobody is shown any of it by then (`footprints.ts`), and it would
 * expire with its statuses: what a crash leaves behind does no harm.
 */
export function createFootprintTraces(redis: Redis, keys: Keys) {
  const seen = (circle: string, status: string) => keys.circle.seen(circle, status);

  /** Whoever has a status in a circle has a row on its board: in an official one of 20,000 that is a few. */
  const listAuthors = (circle: string) => redis.hkeys(keys.circle.board(circle));

  /** Statuses that a circle was shown of these members. */
  async function listStatuses(circle: string, people: string[]): Promise<string[]> {
    const histories = await Promise.all(people.map((person) => redis.zrevrange(keys.circle.history(circle, person), 0, -1)));
    return histories.flat().map((orderKey) => parseOrderKey(orderKey).id);
  }

  async function eachPage(circle: string, people: string[], work: (status: string) => Promise<unknown>): Promise<void> {
    for (let from = 0; from < people.length; from += MEMBERS_PER_PAGE) {
      await Promise.all((await listStatuses(circle, people.slice(from, from + MEMBERS_PER_PAGE))).map(work));
    }
  }

  return {
    listStatuses,

    /**
     * Of somebody who left: what others have left on their statuses (`shown`, listed before their history went), and what they
     * have left on the statuses of those who stay.
     */
    async remove(circle: string, person: string, shown: string[]): Promise<void> {
      await Promise.all(shown.map((status) => redis.unlink(seen(circle, status))));
      await eachPage(circle, await listAuthors(circle), (status) => redis.zrem(seen(circle, status), person));
    },

    /** Of a whole circle that is about to be deleted. */
    async removeAll(circle: string): Promise<void> {
      await eachPage(circle, await listAuthors(circle), (status) => redis.unlink(seen(circle, status)));
    },
  };
}
