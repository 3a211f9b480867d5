import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createKeys } from './keys.ts';
import { createPushSubscriptions, type StoredSubscription } from './push-subscriptions.ts';
import { createSessions } from './sessions.ts';

const redis = new Redis(inject('redisUrl'));
const prefix = `test-subscriptions-${uuidv7()}:`;
const keys = createKeys(prefix);
const subscriptions = createPushSubscriptions(redis, keys);
afterAll(() => redis.quit());

const subscription = (endpoint: string): StoredSubscription => ({
  endpoint: `https://push.example/${endpoint}`,
  keys: { p256dh: 'p', auth: 'a' },
  timeZone: 'Asia/Tokyo',
  provider: 'fcm',
  origin: 'https://buji.example',
});

let person: string;
beforeEach(async () => {
  person = uuidv7();
  await redis.hset(keys.person.sessions(person), { phone: 'hash1', tablet: 'hash2' });
});

describe('createPushSubscriptions', () => {
  it('keeps one subscription for each device', async () => {
    expect(await subscriptions.put(person, 'phone', subscription('1'))).toBe(true);
    expect(await subscriptions.put(person, 'phone', subscription('2'))).toBe(true);
    await subscriptions.put(person, 'tablet', { ...subscription('3'), provider: 'apple' });
    expect(await subscriptions.get(person, 'phone')).toEqual(subscription('2'));
    const devices = await subscriptions.list(person);
    expect(Object.fromEntries(devices.map(({ session, provider }) => [session, provider]))).toEqual({
      phone: 'fcm',
      tablet: 'apple',
    });
    await subscriptions.remove(person, 'phone');
    expect(await subscriptions.get(person, 'phone')).toBeNull();
  });

  it('stores nothing for a session that has ended', async () => {
    expect(await subscriptions.put(person, 'gone', subscription('1'))).toBe(false);
    expect(await subscriptions.list(person)).toEqual([]);
  });

  it('moves a browser that signed in again, so that it is not alerted twice', async () => {
    await Promise.all([
      subscriptions.put(person, 'phone', subscription('same')),
      subscriptions.put(person, 'tablet', subscription('same')),
      subscriptions.put(person, 'tablet', subscription('same')),
    ]);
    expect(await subscriptions.list(person)).toHaveLength(1);
  });

  describe('of a browser that changes hands', () => {
    const ownerOf = ({ endpoint }: StoredSubscription) =>
      redis.get(keys.pushOwner(createHash('sha256').update(endpoint).digest('hex')));
    const browser = () => subscription(uuidv7());
    let next: string;
    beforeEach(async () => {
      next = uuidv7();
      await redis.hset(keys.person.sessions(next), { phone: 'hash3' });
    });

    it('is taken from the former person, who keeps other devices', async () => {
      const shared = browser();
      const own = browser();
      await subscriptions.put(person, 'phone', shared);
      await subscriptions.put(person, 'tablet', own);
      for (const _ of ['once', 'twice']) expect(await subscriptions.put(next, 'phone', shared)).toBe(true);
      expect(await subscriptions.list(person)).toEqual([{ session: 'tablet', provider: 'fcm' }]);
      expect(await subscriptions.get(person, 'tablet')).toEqual(own);
      expect(await subscriptions.get(next, 'phone')).toEqual(shared);
      expect(await ownerOf(shared)).toBe(`${next} phone`);
    });

    it('has one owner, however many sign in at once', async () => {
      const shared = browser();
      for (let round = 0; round < 20; round++) {
        await Promise.all([subscriptions.put(person, 'phone', shared), subscriptions.put(next, 'phone', shared)]);
        const kept = await Promise.all([person, next].map((id) => subscriptions.get(id, 'phone')));
        expect(kept.filter((one) => one !== null).length).toBeLessThanOrEqual(1);
      }
    });

    it('is nobody else’s, whatever a crash has left behind', async () => {
      const shared = browser();
      await subscriptions.put(person, 'phone', shared);
      const left = await redis.hget(keys.person.push(person), 'phone');
      await subscriptions.put(next, 'phone', shared);
      await redis.hset(keys.person.push(person), 'phone', left ?? '');
      expect(await subscriptions.get(person, 'phone')).toBeNull();
      expect(await subscriptions.get(next, 'phone')).toEqual(shared);
    });

    it('still reaches its person when the owner is not known', async () => {
      const lone = browser();
      await subscriptions.put(person, 'phone', lone);
      await redis.del(await redis.keys(`${prefix}push-owner:*`));
      expect(await subscriptions.get(person, 'phone')).toEqual(lone);
    });

    it('loses its owner when the session ends', async () => {
      const sessions = createSessions(redis, keys);
      const { session } = await sessions.create(person, '?', new Date());
      const own = browser();
      await subscriptions.put(person, session.id, own);
      await sessions.end(person, session.id);
      expect(await ownerOf(own)).toBeNull();
      expect(await subscriptions.list(person)).toEqual([]);
    });

    it('loses its owner with the subscription, but not to somebody who has left it', async () => {
      const [shared, other] = [browser(), browser()];
      await subscriptions.put(person, 'phone', shared);
      await subscriptions.put(next, 'phone', shared);
      await subscriptions.remove(person, 'phone');
      expect(await subscriptions.removeGone(person, 'phone', shared.endpoint)).toBe(false);
      expect(await ownerOf(shared)).toBe(`${next} phone`);
      await subscriptions.remove(next, 'phone');
      expect(await ownerOf(shared)).toBeNull();
      await subscriptions.put(person, 'phone', other);
      expect(await redis.ttl(keys.pushOwner(createHash('sha256').update(other.endpoint).digest('hex')))).toBeGreaterThan(
        399 * 86_400,
      );
      await subscriptions.removeGone(person, 'phone', other.endpoint);
      expect(await ownerOf(other)).toBeNull();
    });
  });

  it('removes what is gone only while it is still the same', async () => {
    await subscriptions.put(person, 'phone', subscription('old'));
    await subscriptions.put(person, 'phone', subscription('new'));
    expect(await subscriptions.removeGone(person, 'phone', subscription('old').endpoint)).toBe(false);
    const twice = [1, 2].map(() => subscriptions.removeGone(person, 'phone', subscription('new').endpoint));
    expect((await Promise.all(twice)).filter((removed) => removed)).toHaveLength(1);
    expect(await subscriptions.removeGone(person, 'nobody', 'x')).toBe(false);
  });
});
