import type { Redis } from 'ioredis';
import { createKeys } from './keys.ts';

/** Who lives in a Redis: nobody, people of this Buji, or keys that are not this Buji's (another prefix, another program). */
export type Occupancy = 'empty' | 'people' | 'foreign';

const PAGE = 1_000;

/** Looks through the keys until it has an answer. What a service that nobody uses has written (its queues) is nobody. */
export async function findOccupancy(redis: Redis, prefix: string): Promise<Occupancy> {
  const keys = createKeys(prefix);
  const isOfPeople = (key: string) =>
    key.startsWith(keys.person.profile('').slice(0, -1)) || key.startsWith(keys.circle.info('').slice(0, -1));
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'COUNT', PAGE);
    cursor = next;
    if (found.some((key) => !key.startsWith(prefix))) return 'foreign';
    if (found.some(isOfPeople)) return 'people';
  } while (cursor !== '0');
  return 'empty';
}
