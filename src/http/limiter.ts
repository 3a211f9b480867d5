import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Rates } from '../config.ts';
import { AppError } from '../contract/app-error.ts';
import type { RateName } from '../contract/limits.ts';

/** Posting is counted by the script that begins it (`store/posting.ts`); all other rates are counted here. */
export type LimitedRate = Exclude<RateName, 'status'>;
/** Takes one point of a rate from a subject (a person's id, an address). @throws AppError `too-many-requests` */
export type Limit = (name: LimitedRate, subject: string) => Promise<void>;

/** Rates that refuse when Redis cannot count: guessing codes must not become free. All others let people through. */
const FAIL_CLOSED: ReadonlySet<LimitedRate> = new Set<LimitedRate>(['signIn']);

/** Rates by person or address, counted in Redis so that all processes agree. */
export function createLimiter(redis: Redis, keyPrefix: string, rates: Rates, log: Logger): Limit {
  const limiters = new Map(
    Object.entries(rates).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterRedis({ storeClient: redis, keyPrefix: `${keyPrefix}:${name}`, points, duration: seconds }),
    ]),
  );
  return async (name, subject) => {
    try {
      await limiters.get(name)?.consume(subject);
    } catch (outcome) {
      if (outcome instanceof RateLimiterRes) {
        throw new AppError('too-many-requests', { retryAfterSeconds: Math.ceil(outcome.msBeforeNext / 1_000) });
      }
      if (FAIL_CLOSED.has(name)) throw outcome;
      log.debug({ err: outcome, rate: name }, 'rate not counted');
    }
  };
}
