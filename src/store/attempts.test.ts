import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { PERSON_ATTEMPT_MINUTES } from '../contract/limits.ts';
import { fromNow, NOW, openStoreWorld } from '../testing/store-world.ts';
import { hashAttempt } from './attempts.ts';

const world = openStoreWorld('attempts');
const { redis, keys, stores } = world;
const { attempts } = stores;
afterAll(world.close);

let key: string;
let hash: string;
beforeEach(() => {
  key = randomUUID();
  hash = hashAttempt({ nickname: 'Granny', attempt: key }) ?? '';
});

/** One request, which may try several times. */
function request() {
  const nonce = uuidv7();
  const proposed = uuidv7();
  return {
    nonce,
    proposed,
    take: (isFirst = true, now = NOW) => attempts.take(hash, { nonce, proposed, isFirst, now }),
  };
}

describe('what an attempt is found by', () => {
  it('is the key with nickname and invite, and nothing without a key', () => {
    const wish = { nickname: 'Granny', invite: 'x'.repeat(43), attempt: key };
    expect(hashAttempt({ ...wish, locale: 'en' })).toBe(hashAttempt(wish));
    const others = [
      { ...wish, nickname: 'Grandpa' },
      { nickname: 'Granny', attempt: key },
      { ...wish, attempt: randomUUID() },
    ];
    for (const other of others) expect(hashAttempt(other)).not.toBe(hashAttempt(wish));
    expect(hashAttempt({ nickname: 'Granny' })).toBeNull();
  });

  it('is stored as a hash alone, for as long as the contract says', async () => {
    const { nonce, take } = request();
    await take();
    expect(await redis.ttl(keys.attempt(hash))).toBe(PERSON_ATTEMPT_MINUTES * 60);
    await redis.expire(keys.attempt(hash), 100);
    await attempts.leave(hash, nonce);
    await request().take();
    expect(await redis.ttl(keys.attempt(hash))).toBeLessThanOrEqual(100);
    const stored = [await redis.keys(`${world.prefix}*`), await redis.hgetall(keys.attempt(hash))];
    expect(JSON.stringify(stored)).not.toContain(key);
  });
});

describe('joining by an attempt', () => {
  it('is known by its key and the invite, for as long, and stored as a hash alone', async () => {
    const [invite, other] = ['x'.repeat(43), 'y'.repeat(43)];
    await attempts.noteJoining(key, invite);
    expect(await attempts.hasJoined(key, invite)).toBe(true);
    for (const [one, by] of [
      [key, other],
      [randomUUID(), invite],
    ] as const)
      expect(await attempts.hasJoined(one, by)).toBe(false);
    const [stored = '', ...rest] = await redis.keys(`${world.prefix}joined-by:*`);
    expect(rest).toEqual([]);
    expect(await redis.ttl(stored)).toBe(PERSON_ATTEMPT_MINUTES * 60);
    expect(stored).not.toContain(key);
    expect(stored).not.toContain(invite);
  });
});

describe('the turn', () => {
  it('is of one request at a time; the next one finds the person that it named', async () => {
    const [first, second] = [request(), request()];
    expect(await first.take()).toBe(first.proposed);
    expect(await first.take(false)).toBe(first.proposed);
    expect(await second.take()).toEqual({ none: 'busy' });
    expect(await attempts.leave(hash, second.nonce)).toBe(false);
    expect(await attempts.leave(hash, first.nonce)).toBe(true);
    expect(await second.take(false)).toBe(first.proposed);
  });

  it('goes to the newest of those that wait', async () => {
    const [first, second, third] = [request(), request(), request()];
    await first.take();
    await second.take();
    await third.take();
    await attempts.leave(hash, first.nonce);
    expect(await second.take(false)).toEqual({ none: 'older' });
    expect(await third.take(false)).toBe(first.proposed);
    // It has the turn: a script that is sent again takes it again, whoever waits by then.
    await request().take();
    expect(await third.take(false)).toBe(first.proposed);
  });

  it('is of one of many that come at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => request().take()));
    expect(all.filter((answer) => typeof answer === 'string')).toHaveLength(1);
  });

  it('lapses after ten seconds, unless it is held', async () => {
    const [first, second] = [request(), request()];
    await first.take();
    expect(await attempts.hold(hash, first.nonce, fromNow(5_000))).toBe(true);
    expect(await second.take(true, fromNow(14_999))).toEqual({ none: 'busy' });
    expect(await second.take(false, fromNow(15_000))).toBe(first.proposed);
    expect(await attempts.hold(hash, first.nonce, fromNow(15_000))).toBe(false);
    expect(await attempts.forget(hash, first.nonce)).toBe(false);
  });

  it('ends with the attempt where nobody came of it', async () => {
    const [first, second] = [request(), request()];
    await first.take();
    await second.take();
    expect(await attempts.forget(hash, first.nonce)).toBe(true);
    expect(await second.take(false)).toBe(second.proposed);
  });
});

describe('an answer that was used', () => {
  it('ends the attempt, also for a request that is at work', async () => {
    const { nonce, take } = request();
    await take();
    await attempts.use(hash);
    expect(await attempts.hold(hash, nonce, NOW)).toBe(false);
    expect(await request().take()).toEqual({ none: 'used' });
    expect(await redis.ttl(keys.attempt(hash))).toBeGreaterThan(0);
  });

  it.each(['its session', 'its recovery code'])('is told by %s', async (by) => {
    const person = uuidv7();
    await request().take();
    const { token, session } = await stores.sessions.create(person, '?', NOW, hash);
    expect(await stores.sessions.list(person)).toEqual([session]);
    expect(await redis.hexists(keys.attempt(hash), 'used')).toBe(0);
    if (by === 'its session') await stores.sessions.find(token, NOW);
    else await stores.sessions.endAttempts(person);
    expect(await request().take()).toEqual({ none: 'used' });
    // Once: what the session was made for is no concern of its later uses.
    await redis.del(keys.attempt(hash));
    expect((await stores.sessions.find(token, NOW))?.session.person).toBe(person);
    expect(await redis.exists(keys.attempt(hash))).toBe(0);
  });
});
