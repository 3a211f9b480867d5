import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Rates } from '../config.ts';
import { AppError } from '../contract/app-error.ts';
import type { RateName } from '../contract/limits.ts';

/**
 * Posting is counted by the script that begins it (`store/posting.ts`), guesses below, frames and new sockets in the gateway
 * (`live/bucket.ts`); all other rates by `Limit`.
 */
const COUNTED_ELSEWHERE = ['status', 'signIn', 'liveFrames', 'liveConnect'] as const satisfies RateName[];
export type LimitedRate = Exclude<RateName, (typeof COUNTED_ELSEWHERE)[number]>;
/** Takes one point of a rate from a subject (a person's id, an address). @throws AppError `too-many-requests` */
export type Limit = (name: LimitedRate, subject: string) => Promise<void>;

/** Rates that refuse when Redis cannot count: guessing codes must not become free. All others let people through. */
const FAIL_CLOSED: ReadonlySet<LimitedRate> = new Set<LimitedRate>(['transferLookup']);

/**
 * Does what a guessed code would be tried with, and takes a point of `signIn` from the address where it was a guess. Refuses when
 * Redis cannot count. @throws AppError `too-many-requests`, and what the work throws
 */
export type LimitGuesses = <T>(address: string, work: () => Promise<T>) => Promise<T>;

/**
 * The point is taken first and given back after, so that a thousand guesses at once are a thousand. What ended otherwise than as a
 * wrong code was none.
 */
export function createGuessLimiter(redis: Redis, keyPrefix: string, { signIn }: Rates, log: Logger): LimitGuesses {
  const { points, seconds: duration } = signIn;
  const limiter = new RateLimiterRedis({ storeClient: redis, keyPrefix: `${keyPrefix}:signIn`, points, duration });
  return async (address, work) => {
    await limiter.consume(address).catch((outcome: unknown) => {
      throw toRefusal(outcome);
    });
    let isGuess = false;
    try {
      return await work();
    } catch (error) {
      isGuess = error instanceof AppError && error.code === 'code-not-valid';
      throw error;
    } finally {
      if (!isGuess) await limiter.reward(address).catch((err: unknown) => log.debug({ err }, 'sign-in not given back'));
    }
  };
}

function toRefusal(outcome: unknown): unknown {
  if (!(outcome instanceof RateLimiterRes)) return outcome;
  return new AppError('too-many-requests', { retryAfterSeconds: Math.ceil(outcome.msBeforeNext / 1_000) });
}

/** Rates by person or address, counted in Redis so that all processes agree. */
export function createLimiter(redis: Redis, keyPrefix: string, rates: Rates, log: Logger): Limit {
  const limiters = new Map(
    Object.keys(rates)
      .filter(isLimited)
      .map((name) => {
        const { points, seconds: duration } = rates[name];
        return [name, new RateLimiterRedis({ storeClient: redis, keyPrefix: `${keyPrefix}:${name}`, points, duration })];
      }),
  );
  return async (name, subject) => {
    const limiter = limiters.get(name);
    if (!limiter) throw new Error(`${name} is counted elsewhere`);
    try {
      await limiter.consume(subject);
    } catch (outcome) {
      if (outcome instanceof RateLimiterRes || FAIL_CLOSED.has(name)) throw toRefusal(outcome);
      log.debug({ err: outcome, rate: name }, 'rate not counted');
    }
  };
}

function isLimited(name: string): name is LimitedRate {
  return !(COUNTED_ELSEWHERE as readonly string[]).includes(name);
}
