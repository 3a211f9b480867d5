import { Redis } from 'ioredis';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { startEmbeddedRedis } from './embedded-redis.ts';
import { checkRedisSafety, judgeRedis } from './redis-safety.ts';

/** A Redis of our own, because the tests change its settings. */
async function startRedis() {
  const options = { dataDir: makeTempDir(), maxMemoryBytes: 64 * 1024 * 1024, log: pino({ level: 'silent' }) };
  const server = await startEmbeddedRedis(options);
  const redis = new Redis(server.url);
  onTestFinished(async () => {
    redis.disconnect();
    await server.stop();
  });
  return { redis, url: server.url };
}

describe('checkRedisSafety', () => {
  it('finds nothing in the private Redis', async () => {
    const { redis } = await startRedis();
    expect(await checkRedisSafety(redis)).toEqual({ safe: true, problems: [] });
  });

  it.each([
    ['appendonly', 'no', /^appendonly is "no".*set it to "yes"/],
    ['appendfsync', 'everysec', /^appendfsync is "everysec".*set it to "always"/],
    ['maxmemory-policy', 'allkeys-lru', /^maxmemory-policy is "allkeys-lru".*set it to "noeviction"/],
  ])('finds %s %s unsafe, and says what to set', async (name, value, expected) => {
    const { redis } = await startRedis();
    await redis.config('SET', name, value);
    expect(await checkRedisSafety(redis)).toEqual({ safe: false, problems: [expect.stringMatching(expected)] });
  });

  it('finds a replica unsafe', async () => {
    const { redis } = await startRedis();
    await redis.replicaof('127.0.0.1', 1);
    expect(await checkRedisSafety(redis)).toEqual({ safe: false, problems: [expect.stringContaining('is a replica')] });
    await redis.replicaof('NO', 'ONE');
  });

  it('mentions a missing maxmemory without calling it unsafe', async () => {
    const { redis } = await startRedis();
    await redis.config('SET', 'maxmemory', '0');
    expect(await checkRedisSafety(redis)).toEqual({ safe: true, problems: [expect.stringMatching(/^maxmemory is not set/)] });
  });

  it('says what a user without CONFIG and INFO could not check', async () => {
    const { redis, url } = await startRedis();
    await redis.acl('SETUSER', 'no-config', 'on', '>secret', '~*', '&*', '+@all', '-config');
    await redis.acl('SETUSER', 'no-info', 'on', '>secret', '~*', '&*', '+@all', '-config', '-info');
    const check = async (username: string) => {
      const limited = new Redis(url, { username, password: 'secret', enableReadyCheck: false });
      onTestFinished(() => limited.disconnect());
      return checkRedisSafety(limited);
    };
    const fsync = expect.stringMatching(/^cannot check appendfsync/);
    expect(await check('no-config')).toEqual({ safe: true, problems: [fsync] });
    expect(await check('no-info')).toEqual({ safe: true, problems: [expect.stringMatching(/^cannot check persistence/), fsync] });
  });

  it('counts a Redis that does not answer as a problem instead of throwing', async () => {
    const nobody = new Redis({ path: `${makeTempDir()}/nobody.sock`, retryStrategy: () => null, lazyConnect: true });
    nobody.on('error', () => undefined);
    expect(await checkRedisSafety(nobody)).toEqual({
      safe: false,
      problems: [expect.stringMatching(/^Redis does not answer: /)],
    });
  });
});

describe('judgeRedis', () => {
  it('finds a Redis that loads, or whose disk refused the last write, unsafe', () => {
    const info =
      'loading:1\r\naof_enabled:1\r\naof_last_write_status:err\r\nrole:master\r\nmaxmemory:1\r\nmaxmemory_policy:noeviction\r\n';
    expect(judgeRedis(info, 'always')).toEqual([
      { isUnsafe: true, text: expect.stringContaining('still loading') },
      { isUnsafe: true, text: expect.stringContaining('append-only file failed') },
    ]);
  });
});
