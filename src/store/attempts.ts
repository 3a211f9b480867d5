import type { Redis } from 'ioredis';
import { PERSON_ATTEMPT_MINUTES } from '../contract/limits.ts';
import type { CreatePerson } from '../contract/people.ts';
import { defineScript } from '../platform/script.ts';
import { hashSecret } from '../platform/secret.ts';
import type { Keys } from './keys.ts';
import keepLua from './lua/keep-attempt.lua?raw';
import takeLua from './lua/take-attempt.lua?raw';

/** A turn that was not given back lapses after this long: many times what making a person takes, no longer than somebody waits. */
const TURN_MS = 10_000;
const ATTEMPT_SECONDS = PERSON_ATTEMPT_MINUTES * 60;

const takeScript = defineScript(takeLua);
const keepScript = defineScript(keepLua);

/** Why a request has no turn: an answer was used, a newer request waits, another one is at work. */
export const NO_TURN = ['used', 'older', 'busy'] as const;
export type NoTurn = (typeof NO_TURN)[number];

export type AttemptStore = ReturnType<typeof createAttempts>;

/**
 * What an attempt is found by; null where the client sent no key. Its nickname and invite are part of it: whoever asks for somebody
 * else, with a key that lay around, is never answered with this person.
 */
export function hashAttempt({ attempt, nickname, invite = '' }: CreatePerson): string | null {
  return attempt === undefined ? null : hashSecret([attempt, nickname, invite].join('\n'));
}

/**
 * Attempts to make a person, so that a repeat after a lost answer makes no second one. The attempt names the person's id before
 * anything of them is written (their own keys are in other slots): what a crash leaves is found by the next request.
 */
export function createAttempts(redis: Redis, keys: Keys) {
  const keep = async (hash: string, nonce: string, what: 'hold' | 'leave' | 'forget', until = 0) =>
    (await keepScript.run(redis, [keys.attempt(hash)], [nonce, what, until])) === 1;

  const joinedBy = (attempt: string, invite: string) => keys.joinedBy(hashSecret([attempt, invite].join('\n')));

  return {
    /**
     * Takes the turn. The answer is the person's id, `proposed` where this request is the one to make them.
     * @param nonce this request, at each of its tries
     */
    async take(
      hash: string,
      { nonce, proposed, isFirst, now }: { nonce: string; proposed: string; isFirst: boolean; now: Date },
    ): Promise<string | { none: NoTurn }> {
      const answer = (await takeScript.run(
        redis,
        [keys.attempt(hash)],
        [nonce, isFirst ? 'first' : 'again', now.getTime(), TURN_MS, proposed, ATTEMPT_SECONDS],
      )) as string;
      const none = NO_TURN.find((word) => word === answer);
      return none ? { none } : answer;
    },

    /** Keeps the turn for what cannot be undone. False when it has lapsed, or an answer was used meanwhile. */
    hold: (hash: string, nonce: string, now: Date) => keep(hash, nonce, 'hold', now.getTime() + TURN_MS),

    /** Gives the turn back. */
    leave: (hash: string, nonce: string) => keep(hash, nonce, 'leave'),

    /** Nobody came of it: the next request begins anew. False when the turn is another's by now. */
    forget: (hash: string, nonce: string) => keep(hash, nonce, 'forget'),

    /** Notes that somebody has joined by this attempt: the page of their invite is shown to them again, also where they took its last use. */
    async noteJoining(attempt: string, invite: string): Promise<void> {
      await redis.set(joinedBy(attempt, invite), 1, 'EX', ATTEMPT_SECONDS);
    },

    /** Whether somebody has joined by this attempt; whose name it was is not known here. */
    async hasJoined(attempt: string, invite: string): Promise<boolean> {
      return (await redis.exists(joinedBy(attempt, invite))) === 1;
    },

    /** An answer has arrived and was used: from now on the key is worth nothing. */
    async use(hash: string): Promise<void> {
      const key = keys.attempt(hash);
      await redis.multi().hset(key, 'used', 1).expire(key, ATTEMPT_SECONDS).exec();
    },
  };
}
