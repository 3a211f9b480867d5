import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbeddedRedis } from '../platform/embedded-redis.ts';
import { silent } from '../testing/store-world.ts';
import { makeTempDir } from '../testing/temp-dir.ts';
import { findRedisUrl, reachRedis } from './reach-redis.ts';

const redisOf = (url: string | null = null) => ({ url, keyPrefix: 'buji:', maxMemoryBytes: 0 });

it.each(['data', 'a directory whose path no socket can hold '.repeat(3)])(
  'finds the private Redis that runs in: %s',
  async (name) => {
    const dataDir = join(makeTempDir(), name);
    expect(await findRedisUrl({ dataDir, redis: redisOf() })).toBeNull();
    const redis = await startEmbeddedRedis({ dataDir, maxMemoryBytes: 64 * 1024 * 1024, log: silent });
    onTestFinished(() => redis.stop());
    const url = await findRedisUrl({ dataDir, redis: redisOf() });
    expect(url).toBe(redis.url);
    const connections = await reachRedis(url ?? '');
    onTestFinished(async () => connections?.close());
    expect(await connections?.open('patient').ping()).toBe('PONG');
  },
);

it('takes the address that is given, and says when nobody answers there', async () => {
  const url = `unix://${makeTempDir()}/nobody.sock`;
  expect(await findRedisUrl({ dataDir: makeTempDir(), redis: redisOf(url) })).toBe(url);
  expect(await reachRedis(url)).toBeNull();
});
