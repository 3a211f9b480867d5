import { afterAll, expect, it } from 'vitest';
import { openStoreWorld } from '../testing/store-world.ts';
import { readRedisMemory } from './redis-memory.ts';

const world = openStoreWorld('redis-memory');
afterAll(world.close);

it('is what the server says', async () => {
  const { usedBytes, maxBytes } = await readRedisMemory(world.redis);
  expect(usedBytes).toBeGreaterThan(100_000);
  const [, configured] = (await world.redis.config('GET', 'maxmemory')) as string[];
  expect(maxBytes).toBe(Number(configured));
});
