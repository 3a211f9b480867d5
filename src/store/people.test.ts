import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../contract/people.ts';
import { NOW, openStoreWorld } from '../testing/store-world.ts';
import { createRecoveryCode } from './people.ts';

const world = openStoreWorld('people');
const { redis, keys, stores } = world;
const { people } = stores;
afterAll(world.close);

let person: Person;
let code: string;
beforeEach(async () => {
  person = { id: uuidv7(), nickname: 'Hana', avatar: { emoji: '🌸', colour: 'pink' }, locale: 'ja-easy', country: 'NZ' };
  code = createRecoveryCode();
  await people.create(person, code, NOW);
});

describe('a person', () => {
  it('is read as stored and as changed', async () => {
    expect(await people.read(person.id)).toEqual(person);
    const changed = { ...person, nickname: 'はな', locale: 'en' as const };
    await people.change(changed);
    expect(await people.read(person.id)).toEqual(changed);
    expect(await people.read(uuidv7())).toBeNull();
  });

  it('is nobody once marked as erased, whatever else is written', async () => {
    await people.markErased(person.id, NOW);
    await people.change(person);
    expect(await people.read(person.id)).toBeNull();
  });

  it('does not come back by a change that was on its way when the last of them was removed', async () => {
    await people.remove(person.id);
    await people.change(person);
    expect(await people.read(person.id)).toBeNull();
    expect(await redis.exists(keys.person.profile(person.id))).toBe(0);
  });

  it('leaves nothing behind, nor a code that works', async () => {
    await redis.sadd(keys.person.push(person.id), 'x');
    await Promise.all([people.remove(person.id), people.remove(person.id)]);
    expect(await redis.keys(`${world.prefix}*${person.id}*`)).toEqual([]);
    expect(await people.findByCode(code)).toBeNull();
  });
});

describe('a recovery code', () => {
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
      expect(await people.findByCode(text)).toBe(person.id);
    }
    expect(await people.findByCode(createRecoveryCode())).toBeNull();
  });

  it('works once, however many use it at once, and is replaced', async () => {
    const next = [createRecoveryCode(), createRecoveryCode(), createRecoveryCode()];
    const used = await Promise.all(next.map((replacement) => people.useCode(code, replacement, uuidv7())));
    expect(used.filter(Boolean)).toEqual([person.id]);
    expect(await people.useCode(code, createRecoveryCode(), uuidv7())).toBeNull();
    expect(await people.findByCode(code)).toBeNull();
    const works = await Promise.all(next.map((replacement) => people.findByCode(replacement)));
    expect(works.map(Boolean)).toEqual(used.map(Boolean));
  });

  it('can be claimed again by the same claimant, whose answer was lost', async () => {
    const nonce = uuidv7();
    const next = createRecoveryCode();
    expect(await people.useCode(code, next, nonce)).toBe(person.id);
    expect(await people.useCode(code, next, nonce)).toBe(person.id);
    expect(await people.findByCode(next)).toBe(person.id);
  });

  it('is nobody’s when it is a word that only storage knows', async () => {
    expect(await people.useCode('used x y', createRecoveryCode(), 'x')).toBeNull();
  });
});
