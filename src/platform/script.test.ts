import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { defineScript } from './script.ts';

const redis = new Redis(inject('redisUrl'), { enableAutoPipelining: true });
afterAll(() => redis.quit());

const count = defineScript(
  'local function add(key, by) return redis.call("INCRBY", key, by) end',
  'return add(KEYS[1], ARGV[1])',
);
let key: string;
beforeEach(() => {
  key = `test-script-${uuidv7()}`;
});

describe('defineScript', () => {
  it('joins its parts, and passes keys and arguments', async () => {
    expect(await count.run(redis, [key], [3])).toBe(3);
    expect(await count.run(redis, [key], ['4'])).toBe(7);
  });

  it('runs exactly once per call when the server has forgotten it midway', async () => {
    for (let round = 0; round < 5; round++) {
      const before = Array.from({ length: 50 }, () => count.run(redis, [key], [1]));
      const flush = redis.script('FLUSH');
      await Promise.all([...before, flush, ...Array.from({ length: 50 }, () => count.run(redis, [key], [1]))]);
    }
    expect(await redis.get(key)).toBe('500');
  });

  it('tells what a script failed by, and does not run it again', async () => {
    await redis.set(key, 'not a number');
    await expect(count.run(redis, [key], [1])).rejects.toThrow('not an integer');
    const failing = defineScript('redis.call("INCR", KEYS[1]) error("NOSCRIPT in its own words")');
    await redis.set(key, '0');
    await expect(failing.run(redis, [key], [])).rejects.toThrow();
    expect(await redis.get(key)).toBe('1');
  });
});
