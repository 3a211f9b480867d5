import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rates } from '../config.ts';
import { RATES, type RateName } from '../contract/limits.ts';
import { openStoreWorld, silent } from '../testing/store-world.ts';
import { createLimiter } from './limiter.ts';

const world = openStoreWorld('limiter');
afterAll(world.close);

const rates = Object.fromEntries(Object.keys(RATES).map((name) => [name, { points: 3, seconds: 60 }])) as Rates;
const limit = createLimiter(world.redis, world.keys.rate, rates, silent);
const OTHERS = (Object.keys(RATES) as RateName[]).filter((name) => name !== 'signIn' && name !== 'status');

let subject: string;
beforeEach(() => {
  subject = uuidv7();
});

describe('a rate', () => {
  it('lets exactly its points through, however many come at once, and says when to come back', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => limit('write', subject)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refused = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'too-many-requests' });
    expect(refused.reason.refusal.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused.reason.refusal.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it('is counted for each subject and each name on its own', async () => {
    for (let index = 0; index < 3; index++) await limit('write', subject);
    await limit('write', uuidv7());
    await limit('createCircle', subject);
    await expect(limit('write', subject)).rejects.toMatchObject({ code: 'too-many-requests' });
  });

  it('is counted by all processes together, and forgotten after its window', async () => {
    const other = createLimiter(world.connect(), world.keys.rate, rates, silent);
    for (let index = 0; index < 3; index++) await (index % 2 ? limit : other)('write', subject);
    await expect(other('write', subject)).rejects.toMatchObject({ code: 'too-many-requests' });
    const [key = ''] = await world.redis.keys(`${world.keys.rate}*${subject}*`);
    expect(await world.redis.ttl(key)).toBeGreaterThan(0);
    expect(await world.redis.ttl(key)).toBeLessThanOrEqual(60);
  });

  it('is counted across SCRIPT FLUSH', async () => {
    for (const name of ['signIn', 'write'] as const) {
      await limit(name, subject);
      await world.redis.script('FLUSH');
      await Promise.all([limit(name, subject), limit(name, subject)]);
      await expect(limit(name, subject)).rejects.toMatchObject({ code: 'too-many-requests' });
    }
  });
});

describe('when Redis cannot count', () => {
  const away = new Redis({ port: 1, lazyConnect: true, enableOfflineQueue: false, retryStrategy: () => null });
  away.on('error', () => undefined);
  const blind = createLimiter(away, 'x', rates, silent);

  it('nobody is kept from anything else', async () => {
    for (const name of OTHERS) for (let index = 0; index < 5; index++) await blind(name, subject);
  });

  it('nobody signs in: guessing codes must not become free', async () => {
    await expect(blind('signIn', subject)).rejects.toThrow();
  });
});
