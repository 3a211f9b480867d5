import type { Redis } from 'ioredis';

/** What Redis uses for data, and its `maxmemory`: 0 is no limit. Bytes. */
export async function readRedisMemory(redis: Redis): Promise<{ usedBytes: number; maxBytes: number }> {
  const info = await redis.info('memory');
  const read = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  return { usedBytes: read('used_memory'), maxBytes: read('maxmemory') };
}
