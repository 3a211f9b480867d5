import { afterAll, beforeEach, expect, it } from 'vitest';
import { openStoreWorld } from '../testing/store-world.ts';
import { keepShardCount, readShardCount } from './shard-count.ts';

const world = openStoreWorld('shard-count');
const { redis, keys } = world;
afterAll(world.close);
beforeEach(() => redis.del(keys.shardCount));

it('is that of the first who asked, whatever others are set to', async () => {
  expect(await readShardCount(redis, keys)).toBeNull();
  const answers = await Promise.all([4, 2, 8].map((count) => keepShardCount(redis, keys, count)));
  const [kept] = answers;
  expect([4, 2, 8]).toContain(kept);
  expect(answers).toEqual([kept, kept, kept]);
  expect(await keepShardCount(redis, keys, 16)).toBe(kept);
  expect(await readShardCount(redis, keys)).toBe(kept);
});

it('is what is set where Redis takes no new key, and the kept one where there is one', async () => {
  const refusing = world.connect();
  const user = `reader-${world.prefix}`;
  await redis.call('ACL', 'SETUSER', user, 'on', 'nopass', '~*', '+@all', '-@write');
  try {
    await refusing.auth(user, 'any');
    expect(await keepShardCount(refusing, keys, 4)).toBe(4);
    expect(await readShardCount(redis, keys)).toBeNull();
    await keepShardCount(redis, keys, 2);
    expect(await keepShardCount(refusing, keys, 4)).toBe(2);
  } finally {
    // Redis ends the connections of a user that goes.
    await refusing.auth('default', 'any');
    await redis.call('ACL', 'DELUSER', user);
  }
});
