import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { PRESENCE_SECONDS } from '../contract/limits.ts';
import { createKeys } from './keys.ts';
import { createPresence } from './presence.ts';

const redis = new Redis(inject('redisUrl'));
const keys = createKeys(`test-presence-${uuidv7()}:`);
const presence = createPresence(redis, keys);
afterAll(() => redis.quit());
beforeEach(() => redis.hset(keys.person.push('mum'), 'phone', 'other {}'));

const isVisible = async (person: string, session: string) => (await redis.exists(keys.person.visible(person, session))) === 1;

describe('createPresence', () => {
  it('knows which device shows a page, until it says otherwise', async () => {
    await presence.setVisible('mum', 'phone', true);
    await presence.setVisible('mum', 'phone', true);
    expect(await isVisible('mum', 'phone')).toBe(true);
    expect(await isVisible('mum', 'tablet')).toBe(false);
    expect(await isVisible('dad', 'phone')).toBe(false);
    await presence.setVisible('mum', 'phone', false);
    expect(await isVisible('mum', 'phone')).toBe(false);
  });

  it('writes nothing for a device that no alert can reach', async () => {
    await presence.setVisible('mum', 'tablet', true);
    await presence.setVisible('dad', 'phone', true);
    expect(await isVisible('mum', 'tablet')).toBe(false);
    expect(await isVisible('dad', 'phone')).toBe(false);
    await redis.del(keys.person.push('mum'));
    await presence.setVisible('mum', 'phone', false);
    await presence.setVisible('mum', 'phone', true);
    expect(await isVisible('mum', 'phone')).toBe(false);
  });

  it('forgets a device that says nothing any more', async () => {
    await presence.setVisible('mum', 'phone', true);
    const ttl = await redis.pttl(keys.person.visible('mum', 'phone'));
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(PRESENCE_SECONDS * 1_000);
  });
});
