import type { Redis } from 'ioredis';
import type { Avatar, ChangePerson, Locale, Person } from '../contract/people.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import changeLua from './lua/change-person.lua?raw';
import claimLua from './lua/claim-code.lua?raw';
import replaceLua from './lua/replace-recovery.lua?raw';
import { createTypedCode, hashTypedCode } from './typed-code.ts';

/** 26 characters carry 130 bits: the code lies in a drawer for years. */
const CODE_GROUPS = [5, 5, 5, 5, 6];
/** A claim that was not finished lapses after this long: much longer than signing in takes, no longer than a person waits. */
const CLAIM_MS = 5_000;

const changeScript = defineScript(changeLua);
const claimScript = defineScript(claimLua);
const replaceScript = defineScript(replaceLua);

/** A recovery code in groups: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX`. */
export function createRecoveryCode(): string {
  return createTypedCode(CODE_GROUPS);
}

export type PeopleStore = ReturnType<typeof createPeople>;

/** Accounts. */
export function createPeople(redis: Redis, keys: Keys) {
  function toPerson(id: string, hash: Record<string, string>, isHidden: boolean): Person | null {
    if (!hash['nickname'] || hash['erasedAt']) return null;
    const avatar = { emoji: hash['emoji'] ?? '', colour: hash['colour'] ?? 'grey' } as Avatar;
    return {
      id,
      nickname: hash['nickname'],
      avatar,
      locale: hash['locale'] as Locale,
      country: hash['country'] ?? 'JP',
      footprints: !isHidden,
    };
  }

  /**
   * The new code is there before any other ends, so that at no moment there is none. What ends is read beforehand as well: a
   * script that is sent again because its answer was lost has nothing to end any more.
   */
  async function setCode(person: string, next: string, before: 'keep' | 'end', used: string[] = []): Promise<void> {
    const hash = hashTypedCode(next);
    const profile = keys.person.profile(person);
    const [current, kept] = await redis.hmget(profile, 'recovery', 'recoveryBefore');
    await redis.set(keys.recovery(hash), person);
    const ended = (await replaceScript.run(redis, [profile], [hash, before])) as string[];
    const expected = before === 'end' ? [current, kept] : [kept && current];
    const gone = new Set([...used, ...expected, ...ended]);
    await Promise.all([...gone].map((old) => (old ? redis.del(keys.recovery(old)) : 0)));
  }

  return {
    /** Stores a new person with the code that brings them back. */
    async create(person: Omit<Person, 'footprints'>, recoveryCode: string, now: Date): Promise<void> {
      const recovery = hashTypedCode(recoveryCode);
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
      const [hash, isHidden] = await Promise.all([redis.hgetall(keys.person.profile(id)), redis.sismember(keys.hidden, id)]);
      return toPerson(id, hash, isHidden === 1);
    },

    /**
     * Writes what is given and nothing else: another change at the same time must not turn footprints on again. Nothing happens to
     * somebody who is erased or was removed. `hidden` is in another slot and comes first: what a crash leaves of somebody who is
     * no more is then one id that hides nobody, and never a name.
     */
    async change(id: string, { avatar, footprints, ...texts }: ChangePerson): Promise<void> {
      const isNewlyHidden = footprints === false && (await redis.sadd(keys.hidden, id)) === 1;
      const fields = { ...texts, ...(avatar && { emoji: avatar.emoji, colour: avatar.colour }) };
      const isThere = (await changeScript.run(redis, [keys.person.profile(id)], Object.entries(fields).flat())) === 1;
      if (isThere ? footprints : isNewlyHidden) await redis.srem(keys.hidden, id);
    },

    /** Whose code this is, without using it; null while somebody is using it. */
    async findByCode(code: string, now: Date): Promise<string | null> {
      const value = await redis.get(keys.recovery(hashTypedCode(code)));
      const [, at, person] = /^claimed (\d+) \S+ (\S+)$/.exec(value ?? '') ?? [];
      if (!at || !person) return value;
      return now.getTime() - Number(at) < CLAIM_MS ? null : person;
    },

    /**
     * Takes a code for CLAIM_MS, so that nobody else can use it meanwhile; `replaceCode` uses it up. What is not finished lapses:
     * a failure in between must not lock its owner out. Null when the code is unknown or taken.
     */
    async claimCode(code: string, nonce: string, now: Date): Promise<string | null> {
      return (await claimScript.run(redis, [keys.recovery(hashTypedCode(code))], [nonce, now.getTime(), CLAIM_MS])) as
        | string
        | null;
    },

    /**
     * Replaces a claimed code by the next one: `used`, by which they came, and any other that they had end with it. Of two at once
     * neither leaves a code behind that still works and stands nowhere.
     */
    async replaceCode(person: string, next: string, used: string): Promise<void> {
      await setCode(person, next, 'end', [hashTypedCode(used)]);
    },

    /** Another code, for who is signed in. The one before works until `keepCode`, or until the new one is used. */
    async renewCode(person: string, next: string): Promise<void> {
      await setCode(person, next, 'keep');
    },

    /** Another code in place of all that they had, which nobody has seen. */
    async resetCode(person: string, next: string): Promise<void> {
      await setCode(person, next, 'end');
    },

    /** Its owner has kept this code: the one before ends. Nothing where this is not their newest. */
    async keepCode(person: string, code: string): Promise<void> {
      const profile = keys.person.profile(person);
      const [current, before] = await redis.hmget(profile, 'recovery', 'recoveryBefore');
      if (!before || current !== hashTypedCode(code)) return;
      await redis.hdel(profile, 'recoveryBefore');
      await redis.del(keys.recovery(before));
    },

    /** Notes who has to be erased from `dueAt` on, until `forgetErasing`: the sweeper sees to it should the job get lost. */
    async noteErasing(id: string, dueAt: Date): Promise<void> {
      await redis.zadd(keys.erasing, dueAt.getTime(), id);
    },

    /** Whether somebody is to be erased, now or later. */
    async isErasing(id: string): Promise<boolean> {
      return (await redis.zscore(keys.erasing, id)) !== null;
    },

    async forgetErasing(id: string): Promise<void> {
      await redis.zrem(keys.erasing, id);
    },

    /** People who should have been erased by now. */
    listErasing(now: Date, limit: number): Promise<string[]> {
      return redis.zrangebyscore(keys.erasing, '-inf', now.getTime(), 'LIMIT', 0, limit);
    },

    /** Marks a person as erased, for good; the rest is a chore. */
    async markErased(id: string, now: Date): Promise<void> {
      await changeScript.run(redis, [keys.person.profile(id)], ['erasedAt', now.toISOString()]);
    },

    /** Removes what is left of a person once no circle knows them any more, but for the list of their statuses. */
    async remove(id: string): Promise<void> {
      const codes = await redis.hmget(keys.person.profile(id), 'recovery', 'recoveryBefore');
      await Promise.all(codes.map((code) => (code ? redis.del(keys.recovery(code)) : 0)));
      await redis.srem(keys.hidden, id);
      await redis.unlink(
        keys.person.profile(id),
        keys.person.circles(id),
        keys.person.removedFrom(id),
        keys.person.sessions(id),
        keys.person.newDevices(id),
        keys.person.push(id),
        keys.person.posts(id),
        keys.person.alerted(id),
        keys.person.waiting(id),
      );
    },
  };
}
