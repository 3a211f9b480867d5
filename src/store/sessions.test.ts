import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSecret, hashSecret } from '../platform/secret.ts';
import { fromNow, NOW, openStoreWorld } from '../testing/store-world.ts';
import { SESSION_SECONDS } from './sessions.ts';

const world = openStoreWorld('sessions');
const { redis, keys, stores } = world;
const { sessions } = stores;
afterAll(world.close);

const HOUR_MS = 3_600_000;
let person: string;
beforeEach(() => {
  person = uuidv7();
});

describe('a session', () => {
  it('is found by its token, which is stored nowhere', async () => {
    const { token, session } = await sessions.create(person, 'Firefox, Android', NOW);
    expect(await sessions.find(token, NOW)).toEqual({ session: { id: session.id, person }, touched: false });
    expect(session).toMatchObject({ person, name: 'Firefox, Android', createdAt: NOW.toISOString() });
    expect(await sessions.find(createSecret(), NOW)).toBeNull();
    expect(await sessions.find(session.id, NOW)).toBeNull();
    const stored = await redis.hgetall(keys.person.sessions(person));
    expect(stored).toEqual({ [session.id]: hashSecret(token) });
    expect((await redis.keys(`${world.prefix}*`)).some((key) => key.includes(token))).toBe(false);
  });

  it('has a token of at least 128 random bits', async () => {
    const { token } = await sessions.create(uuidv7(), 'Firefox', NOW);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('slides on when used, at most once an hour', async () => {
    const { token } = await sessions.create(person, '?', NOW);
    const key = keys.session(hashSecret(token));
    await redis.expire(key, 100);
    expect((await sessions.find(token, fromNow(HOUR_MS)))?.touched).toBe(false);
    expect(await redis.ttl(key)).toBeLessThanOrEqual(100);
    expect((await sessions.find(token, fromNow(HOUR_MS + 1)))?.touched).toBe(true);
    expect(await redis.ttl(key)).toBeGreaterThan(SESSION_SECONDS - 60);
    expect((await sessions.find(token, fromNow(HOUR_MS + 2)))?.touched).toBe(false);
    expect(await sessions.list(person)).toMatchObject([{ lastUsedAt: fromNow(HOUR_MS + 1).toISOString() }]);
  });

  it('is not brought back by a use at the moment of its end', async () => {
    for (let round = 0; round < 20; round++) {
      const { token, session } = await sessions.create(person, '?', NOW);
      await Promise.all([sessions.end(person, session.id), sessions.find(token, fromNow(2 * HOUR_MS))]);
      expect(await redis.exists(keys.session(hashSecret(token)))).toBe(0);
    }
  });
});

describe('signing out', () => {
  it('ends one device for good, takes its alerts away, and tells the gateways', async () => {
    const hear = await world.listen(keys.control);
    const [phone, tablet] = [await sessions.create(person, 'phone', NOW), await sessions.create(person, 'tablet', NOW)];
    await redis.hset(keys.person.push(person), phone.session.id, 'fcm {"endpoint":"x"}', tablet.session.id, 'y');
    const ended = await Promise.all([sessions.end(person, phone.session.id), sessions.end(person, phone.session.id)]);
    expect(ended).toContain(true);
    expect(await sessions.end(person, phone.session.id)).toBe(false);
    expect(await sessions.find(phone.token, NOW)).toBeNull();
    expect(await sessions.find(tablet.token, NOW)).not.toBeNull();
    expect(await redis.hkeys(keys.person.push(person))).toEqual([tablet.session.id]);
    expect((await hear()).map((text) => JSON.parse(text))).toContainEqual({ t: 'session-ended', session: phone.session.id });
  });

  it("does not end another person's device", async () => {
    const { token, session } = await sessions.create(person, '?', NOW);
    expect(await sessions.end(uuidv7(), session.id)).toBe(false);
    expect(await sessions.find(token, NOW)).not.toBeNull();
  });

  it('ends all devices', async () => {
    const all = await Promise.all([1, 2, 3].map(() => sessions.create(person, '?', NOW)));
    await sessions.endAll(person);
    expect(await Promise.all(all.map(({ token }) => sessions.find(token, NOW)))).toEqual([null, null, null]);
    expect(await redis.exists(keys.person.sessions(person))).toBe(0);
  });
});

describe('the list of devices', () => {
  it('is newest first, without those that have expired', async () => {
    await sessions.create(person, '1', NOW);
    const expired = await sessions.create(person, '2', NOW);
    await sessions.create(person, '3', NOW);
    await redis.del(keys.session(hashSecret(expired.token)));
    expect((await sessions.list(person)).map(({ name }) => name)).toEqual(['3', '1']);
  });
});

describe('a session that is being made while somebody looks at the list', () => {
  it('is on it afterwards', async () => {
    await redis.hset(keys.person.sessions(person), 'being-made', hashSecret('token'));
    expect(await sessions.list(person)).toEqual([]);
    await redis.hset(keys.session(hashSecret('token')), { id: 'being-made', person, name: '1' });
    expect((await sessions.list(person)).map(({ id }) => id)).toEqual(['being-made']);
  });
});

describe('a new device', () => {
  const names = async (id: string) => (await sessions.listNewDevices(person, id)).map(({ name }) => name);
  const signIn = async (name: string) => {
    const { session } = await sessions.create(person, name, NOW);
    await sessions.leaveWord(session);
    return session;
  };

  it('is told to each other one until it was seen there, also after it has signed out again', async () => {
    const [phone, tablet] = [await sessions.create(person, 'Phone', NOW), await sessions.create(person, 'Tablet', NOW)];
    const stranger = await signIn('Firefox, Linux');
    await sessions.end(person, stranger.id);
    expect(await sessions.listNewDevices(person, phone.session.id)).toEqual([
      { id: stranger.id, name: 'Firefox, Linux', at: NOW.toISOString() },
    ]);
    expect(await names(stranger.id)).toEqual([]);
    const own = await signIn('Chrome, Android');
    // The second does not stand before the first, nor is it seen with it.
    expect(await names(tablet.session.id)).toEqual(['Chrome, Android', 'Firefox, Linux']);
    await sessions.noteSeen(person, phone.session.id, stranger.id);
    expect(await names(phone.session.id)).toEqual(['Chrome, Android']);
    expect(await names(own.id)).toEqual([]);
    await sessions.noteSeen(person, tablet.session.id, uuidv7());
    expect(await names(tablet.session.id)).toHaveLength(2);
    expect(await redis.ttl(keys.person.newDevices(person))).toBeGreaterThan(SESSION_SECONDS - 60);
  });

  it('is one of ten, of whom word is kept', async () => {
    const { session } = await sessions.create(person, 'Phone', NOW);
    for (let number = 1; number <= 12; number++) await signIn(`${number}`);
    expect(await names(session.id)).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
  });
});

describe('stillValid', () => {
  it('names the sessions that are signed in, in one answer for many', async () => {
    const [kept, ended, expired] = [
      await sessions.create(person, '1', NOW),
      await sessions.create(person, '2', NOW),
      await sessions.create(person, '3', NOW),
    ];
    await sessions.end(person, ended.session.id);
    await redis.del(keys.session(hashSecret(expired.token)));
    const asked = [kept, ended, expired].map(({ session }) => ({ session: session.id, person }));
    expect(await sessions.stillValid(asked)).toEqual(new Set([kept.session.id]));
    expect(await sessions.stillValid([])).toEqual(new Set());
  });
});
