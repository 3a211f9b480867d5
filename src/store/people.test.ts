import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../contract/people.ts';
import { fromNow, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createPeople, createRecoveryCode } from './people.ts';

const world = openStoreWorld('people');
const { redis, keys, stores } = world;
const { people } = stores;
afterAll(world.close);

let person: Person;
let code: string;
beforeEach(async () => {
  person = {
    id: uuidv7(),
    nickname: 'Hana',
    avatar: { emoji: '🌸', colour: 'pink' },
    locale: 'ja-easy',
    country: 'NZ',
    footprints: true,
  };
  code = createRecoveryCode();
  await people.create(person, code, NOW);
});

describe('a person', () => {
  it('is read as stored and as changed', async () => {
    expect(await people.read(person.id)).toEqual(person);
    const changed = { ...person, nickname: 'はな', avatar: { emoji: '⭐', colour: 'blue' }, locale: 'en' } as const;
    await people.change(person.id, { nickname: 'はな', avatar: { emoji: '⭐', colour: 'blue' }, locale: 'en' });
    expect(await people.read(person.id)).toEqual(changed);
    await people.change(person.id, { footprints: false });
    expect(await people.read(person.id)).toEqual({ ...changed, footprints: false });
    await people.change(person.id, { country: 'JP' });
    expect(await people.read(person.id)).toEqual({ ...changed, country: 'JP', footprints: false });
    await people.change(person.id, { footprints: true });
    expect(await people.read(person.id)).toEqual({ ...changed, country: 'JP' });
    expect(await people.read(uuidv7())).toBeNull();
  });

  it('is nobody once marked as erased, whatever else is written', async () => {
    await people.markErased(person.id, NOW);
    await people.change(person.id, { nickname: 'はな' });
    expect(await people.read(person.id)).toBeNull();
  });

  it('stays hidden while they are being erased, whatever else is written', async () => {
    await people.change(person.id, { footprints: false });
    await people.markErased(person.id, NOW);
    for (const change of [{ nickname: 'はな' }, { footprints: false }, { footprints: true }])
      await people.change(person.id, change);
    expect(await redis.sismember(keys.hidden, person.id)).toBe(1);
    await people.remove(person.id);
    expect(await redis.sismember(keys.hidden, person.id)).toBe(0);
  });

  it('does not come back by a change that was on its way when the last of them was removed', async () => {
    await people.remove(person.id);
    await people.change(person.id, { nickname: 'はな', footprints: false });
    expect(await people.read(person.id)).toBeNull();
    expect(await redis.exists(keys.person.profile(person.id))).toBe(0);
    expect(await redis.sismember(keys.hidden, person.id)).toBe(0);
  });

  it('leaves nothing behind, nor a code that works', async () => {
    await redis.sadd(keys.person.push(person.id), 'x');
    await Promise.all([people.remove(person.id), people.remove(person.id)]);
    expect(await redis.keys(`${world.prefix}*${person.id}*`)).toEqual([]);
    expect(await people.findByCode(code, NOW)).toBeNull();
  });
});

describe('a recovery code', () => {
  it('that nobody has seen gives way to another one at once', async () => {
    const [next, last] = [createRecoveryCode(), createRecoveryCode()];
    await people.renewCode(person.id, next);
    await people.resetCode(person.id, last);
    const owners = await Promise.all([code, next, last].map((one) => people.findByCode(one, NOW)));
    expect(owners).toEqual([null, null, person.id]);
  });

  it('carries 130 bits in letters that are not mistaken for one another', () => {
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(new Set(Array.from({ length: 100 }, createRecoveryCode)).size).toBe(100);
  });

  it('is stored as a hash only', async () => {
    const bare = code.replaceAll('-', '');
    for (const key of await redis.keys(`${world.prefix}*`)) expect(key.includes(code) || key.includes(bare)).toBe(false);
    expect(JSON.stringify(await redis.hgetall(keys.person.profile(person.id)))).not.toContain(bare);
  });

  it('is read as it was printed, however it is typed', async () => {
    const typed = [code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', '–'), ` ${code}　`];
    const fullWidth = [...code].map((char) => (char === '-' ? 'ー' : String.fromCharCode(char.charCodeAt(0) + 0xfee0))).join('');
    for (const text of [...typed, fullWidth.replaceAll('ー', '－'), code.replaceAll('0', 'o').replaceAll('1', 'l')]) {
      expect(await people.findByCode(text, NOW)).toBe(person.id);
    }
    expect(await people.findByCode(createRecoveryCode(), NOW)).toBeNull();
  });

  it('is claimed by one, however many try at once, and is replaced when that one is done', async () => {
    const nonces = [uuidv7(), uuidv7(), uuidv7()];
    const claims = await Promise.all(nonces.map((nonce) => people.claimCode(code, nonce, NOW)));
    expect(claims.filter(Boolean)).toEqual([person.id]);
    expect(await people.findByCode(code, NOW)).toBeNull();
    const next = createRecoveryCode();
    await people.replaceCode(person.id, next, code);
    expect(await people.claimCode(code, uuidv7(), fromNow(60_000))).toBeNull();
    expect(await people.findByCode(next, NOW)).toBe(person.id);
  });

  it('can be claimed again by the same claimant, whose answer was lost', async () => {
    const nonce = uuidv7();
    expect(await people.claimCode(code, nonce, NOW)).toBe(person.id);
    expect(await people.claimCode(code, nonce, NOW)).toBe(person.id);
  });

  it('works again when its claim was never finished: it may be the only way back', async () => {
    expect(await people.claimCode(code, uuidv7(), NOW)).toBe(person.id);
    expect(await people.claimCode(code, uuidv7(), fromNow(1_000))).toBeNull();
    expect(await people.findByCode(code, fromNow(6_000))).toBe(person.id);
    expect(await people.claimCode(code, uuidv7(), fromNow(6_000))).toBe(person.id);
  });

  it('leaves no older code behind, also when an earlier replacement came only half way', async () => {
    const lost = createRecoveryCode();
    await people.replaceCode(person.id, lost, 'never-a-code');
    const next = createRecoveryCode();
    await people.replaceCode(person.id, next, code);
    expect([await people.findByCode(code, NOW), await people.findByCode(lost, NOW)]).toEqual([null, null]);
    expect(await people.findByCode(next, NOW)).toBe(person.id);
  });

  it('goes on working beside a newer one until that was kept, or used', async () => {
    const [lost, next] = [createRecoveryCode(), createRecoveryCode()];
    const find = (text: string) => people.findByCode(text, NOW);
    await people.renewCode(person.id, lost);
    await people.keepCode(person.id, createRecoveryCode());
    expect([await find(code), await find(lost)]).toEqual([person.id, person.id]);
    await people.renewCode(person.id, next);
    expect([await find(code), await find(lost), await find(next)]).toEqual([person.id, null, person.id]);
    await people.keepCode(person.id, lost);
    expect(await find(code)).toBe(person.id);
    await people.keepCode(person.id, next.toLowerCase());
    expect([await find(code), await find(next)]).toEqual([null, person.id]);
    const [unkept, last] = [createRecoveryCode(), createRecoveryCode()];
    await people.renewCode(person.id, unkept);
    await people.replaceCode(person.id, last, next);
    expect([await find(next), await find(unkept), await find(last)]).toEqual([null, null, person.id]);
  });

  it('ends as well where the answer to its replacement was lost, and that was sent again', async () => {
    const evalsha = async (...args: Parameters<typeof redis.evalsha>) => {
      await redis.evalsha(...args).catch(() => undefined);
      return redis.evalsha(...args);
    };
    const sentTwice = createPeople(
      new Proxy(redis, { get: (on, key) => (key === 'evalsha' ? evalsha : Reflect.get(on, key)) }),
      keys,
    );
    const [unkept, next, last] = [createRecoveryCode(), createRecoveryCode(), createRecoveryCode()];
    const find = (text: string) => people.findByCode(text, NOW);
    await people.renewCode(person.id, unkept);
    await sentTwice.renewCode(person.id, next);
    expect([await find(code), await find(unkept), await find(next)]).toEqual([person.id, null, person.id]);
    await sentTwice.replaceCode(person.id, last, next);
    expect([await find(code), await find(next), await find(last)]).toEqual([null, null, person.id]);
  });

  it('is nobody’s where the person is no more', async () => {
    const next = createRecoveryCode();
    await people.renewCode(person.id, next);
    await people.remove(person.id);
    const late = createRecoveryCode();
    await people.renewCode(person.id, late);
    for (const text of [code, next, late]) expect(await people.findByCode(text, NOW)).toBeNull();
    expect(await redis.exists(keys.person.profile(person.id))).toBe(0);
  });

  it('is nobody’s when it is a word that only storage knows', async () => {
    expect(await people.claimCode('claimed 1 x y', 'x', NOW)).toBeNull();
  });
});
