import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createKeys } from './keys.ts';
import { createPushSubscriptions, type StoredSubscription } from './push-subscriptions.ts';

const redis = new Redis(inject('redisUrl'));
const keys = createKeys(`test-subscriptions-${uuidv7()}:`);
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

  it('removes what is gone only while it is still the same', async () => {
    await subscriptions.put(person, 'phone', subscription('old'));
    await subscriptions.put(person, 'phone', subscription('new'));
    expect(await subscriptions.removeGone(person, 'phone', subscription('old').endpoint)).toBe(false);
    const twice = [1, 2].map(() => subscriptions.removeGone(person, 'phone', subscription('new').endpoint));
    expect((await Promise.all(twice)).filter((removed) => removed)).toHaveLength(1);
    expect(await subscriptions.removeGone(person, 'nobody', 'x')).toBe(false);
  });
});
