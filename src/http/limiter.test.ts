import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rates } from '../config.ts';
import { AppError } from '../contract/app-error.ts';
import { RATES, type RateName } from '../contract/limits.ts';
import { openStoreWorld, silent } from '../testing/store-world.ts';
import { createGuessLimiter, createLimiter, type LimitedRate } from './limiter.ts';

const world = openStoreWorld('limiter');
afterAll(world.close);

const rates = Object.fromEntries(Object.keys(RATES).map((name) => [name, { points: 3, seconds: 60 }])) as Rates;
const limit = createLimiter(world.redis, world.keys.rate, rates, silent);
const limitGuesses = createGuessLimiter(world.redis, world.keys.rate, rates, silent);
const guess = (limited = limitGuesses) => limited(subject, () => Promise.reject(new AppError('code-not-valid')));
const ELSEWHERE: RateName[] = ['status', 'signIn', 'liveFrames', 'liveConnect'];
const OTHERS = (Object.keys(RATES) as RateName[]).filter(
  (name): name is LimitedRate => name !== 'transferLookup' && !ELSEWHERE.includes(name),
);

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

  it.each(ELSEWHERE)('%s is not counted here, for it is elsewhere', async (name) => {
    await expect(limit(name as LimitedRate, subject)).rejects.toThrow(`${name} is counted elsewhere`);
  });

  it('is counted across SCRIPT FLUSH', async () => {
    for (const name of ['transferLookup', 'write'] as const) {
      await limit(name, subject);
      await world.redis.script('FLUSH');
      await Promise.all([limit(name, subject), limit(name, subject)]);
      await expect(limit(name, subject)).rejects.toMatchObject({ code: 'too-many-requests' });
    }
  });
});

describe('guesses', () => {
  const refused = { code: 'too-many-requests' };

  it('cost a point each, also all at once, and then nobody of that address is let in', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => guess()));
    const codes = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
    expect(codes.toSorted()).toEqual([...Array(3).fill('code-not-valid'), ...Array(7).fill('too-many-requests')]);
    await expect(limitGuesses(subject, async () => 'in')).rejects.toMatchObject(refused);
  });

  it('are none where the code was valid, however many come and whatever else was refused', async () => {
    for (let turn = 0; turn < 10; turn++) expect(await limitGuesses(subject, async () => 'in')).toBe('in');
    const full = () => limitGuesses(subject, () => Promise.reject(new AppError('too-many-sessions')));
    for (let turn = 0; turn < 5; turn++) await expect(full()).rejects.toMatchObject({ code: 'too-many-sessions' });
    for (let turn = 0; turn < 3; turn++) await expect(guess()).rejects.toMatchObject({ code: 'code-not-valid' });
    await expect(guess()).rejects.toMatchObject(refused);
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
    await expect(blind('transferLookup', subject)).rejects.toThrow();
    let isTried = false;
    const blindGuess = createGuessLimiter(away, 'x', rates, silent);
    await expect(
      blindGuess(subject, async () => {
        isTried = true;
      }),
    ).rejects.toThrow();
    expect(isTried).toBe(false);
  });
});
