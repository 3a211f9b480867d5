import { STAY_AWAY_MAX_SECONDS } from '../contract/stay-away.ts';
import { Bucket, type BucketRate } from './bucket.ts';

/**
 * Lets in as many sockets as the gateway can bring up to date, and gives the others a time to come back that is spread by the
 * same rate. Whom it lets in costs reads of each of their circles; whom it sends away costs next to nothing.
 */
export class Admission {
  readonly #bucket: Bucket;
  readonly #perSecond: number;
  readonly #now: () => number;
  /** Until then all places were promised to somebody who was sent away. */
  #promisedUntil = 0;

  /** @param now a clock in milliseconds, for tests */
  constructor(rate: BucketRate, now: () => number = () => performance.now()) {
    this.#bucket = new Bucket(rate, now());
    this.#perSecond = rate.points / rate.seconds;
    this.#now = now;
  }

  /** Somebody wants to come in. @returns 0 for yes, otherwise for how many seconds they should stay away */
  ask(): number {
    const now = this.#now();
    if (this.#bucket.take(now)) return 0;
    const lastPromise = now + STAY_AWAY_MAX_SECONDS * 1_000;
    this.#promisedUntil = Math.min(lastPromise, Math.max(now, this.#promisedUntil) + 1_000 / this.#perSecond);
    return Math.max(1, Math.ceil((this.#promisedUntil - now) / 1_000));
  }
}
