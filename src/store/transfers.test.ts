import { afterAll, describe, expect, it } from 'vitest';
import { openStoreWorld } from '../testing/store-world.ts';
import { createTransferCode } from './transfers.ts';

const world = openStoreWorld('transfers');
const { transfers } = world.stores;
afterAll(world.close);

const mum = { person: 'mum', session: 'phone' };

describe('a transfer code', () => {
  it('is found however it is typed, and taken once', async () => {
    const code = createTransferCode();
    await transfers.create(code, mum);
    expect(await transfers.find(code.toLowerCase().replaceAll('-', ' '))).toEqual(mum);
    expect(await transfers.take(code)).toEqual(mum);
    expect(await transfers.find(code)).toBeNull();
    expect(await transfers.take(code)).toBeNull();
  });

  it('is taken by one when many take it at once', async () => {
    const code = createTransferCode();
    await transfers.create(code, mum);
    const all = await Promise.all(Array.from({ length: 20 }, () => transfers.take(code)));
    expect(all.filter(Boolean)).toEqual([mum]);
  });

  it('is stored as a hash, for ten minutes', async () => {
    const code = createTransferCode();
    await transfers.create(code, mum);
    const [key = '', ...others] = await world.redis.keys(`${world.prefix}transfer:*`);
    expect(others).toEqual([]);
    expect(key).not.toContain(code);
    expect(key).not.toContain(code.replaceAll('-', ''));
    const ttl = await world.redis.ttl(key);
    expect(ttl).toBeGreaterThan(590);
    expect(ttl).toBeLessThanOrEqual(600);
  });

  it('is nothing when nobody made it', async () => {
    expect(await transfers.find(createTransferCode())).toBeNull();
  });
});
