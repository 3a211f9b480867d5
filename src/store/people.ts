import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Avatar, Locale, Person } from '../contract/people.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import changeLua from './lua/change-person.lua?raw';
import claimLua from './lua/claim-code.lua?raw';
import { hashSecret } from './sessions.ts';

/** Crockford's base 32: no I, L, O, U, so that a code read from paper comes out right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 26 characters carry 130 bits. */
const CODE_LENGTH = 26;
/** How long a used code is remembered for its own claimant, whose answer may have been lost. */
const CLAIM_SECONDS = 600;

const changeScript = defineScript(changeLua);
const claimScript = defineScript(claimLua);

/** A recovery code in groups: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX`. */
export function createRecoveryCode(): string {
  const text = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % 32]).join('');
  return text.replace(/^(.{5})(.{5})(.{5})(.{5})/, '$1-$2-$3-$4-');
}

/** What was typed, as it was printed: case, spaces and hyphens do not matter, O is 0, I and L are 1. Full-width forms are folded. */
function normalizeCode(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

function hashCode(code: string): string {
  return hashSecret(normalizeCode(code));
}

export type PeopleStore = ReturnType<typeof createPeople>;

/** Accounts. */
export function createPeople(redis: Redis, keys: Keys) {
  function toPerson(id: string, hash: Record<string, string>): Person | null {
    if (!hash['nickname'] || hash['erasedAt']) return null;
    const avatar = { emoji: hash['emoji'] ?? '', colour: hash['colour'] ?? 'grey' } as Avatar;
    return { id, nickname: hash['nickname'], avatar, locale: hash['locale'] as Locale, country: hash['country'] ?? 'JP' };
  }

  return {
    /** Stores a new person with the code that brings them back. */
    async create(person: Person, recoveryCode: string, now: Date): Promise<void> {
      const recovery = hashCode(recoveryCode);
      await redis.hset(keys.person.profile(person.id), {
        nickname: person.nickname,
        emoji: person.avatar.emoji,
        colour: person.avatar.colour,
        locale: person.locale,
        country: person.country,
        createdAt: now.toISOString(),
        recovery,
      });
      await redis.set(keys.recovery(recovery), person.id);
    },

    /** The person, or null for nobody or somebody erased. */
    async read(id: string): Promise<Person | null> {
      return toPerson(id, await redis.hgetall(keys.person.profile(id)));
    },

    /** Writes the profile; nothing happens to somebody who is erased. */
    async change({ id, nickname, avatar, locale, country }: Person): Promise<void> {
      const fields = { nickname, emoji: avatar.emoji, colour: avatar.colour, locale, country };
      await changeScript.run(redis, [keys.person.profile(id)], Object.entries(fields).flat());
    },

    /** Whose code this is, without using it. */
    async findByCode(code: string): Promise<string | null> {
      const person = await redis.get(keys.recovery(hashCode(code)));
      return person && !person.startsWith('used ') ? person : null;
    },

    /** Uses a recovery code up and replaces it. Null when it is unknown, or used already. */
    async useCode(code: string, next: string, nonce: string): Promise<string | null> {
      const person = (await claimScript.run(redis, [keys.recovery(hashCode(code))], [nonce, CLAIM_SECONDS])) as string | null;
      if (!person) return null;
      await redis.set(keys.recovery(hashCode(next)), person);
      await redis.hset(keys.person.profile(person), 'recovery', hashCode(next));
      return person;
    },

    /** Marks a person as erased, for good; the rest is a chore. */
    async markErased(id: string, now: Date): Promise<void> {
      await changeScript.run(redis, [keys.person.profile(id)], ['erasedAt', now.toISOString()]);
    },

    /** Removes what is left of a person once no circle knows them any more. */
    async remove(id: string): Promise<void> {
      const recovery = await redis.hget(keys.person.profile(id), 'recovery');
      if (recovery) await redis.del(keys.recovery(recovery));
      await redis.unlink(
        keys.person.profile(id),
        keys.person.circles(id),
        keys.person.sessions(id),
        keys.person.push(id),
        keys.person.statuses(id),
        keys.person.alerted(id),
      );
    },
  };
}
