import { STAY_AWAY_MAX_SECONDS } from '../contract/stay-away.ts';

/** What is let in: so many at once, and again so many in `seconds`. */
export interface AdmissionRate {
  points: number;
  seconds: number;
}

/**
 * Lets in as many sockets as the gateway can bring up to date, and gives the others a time to come back that is spread by the
 * same rate. Whom it lets in costs reads of each of their circles; whom it sends away costs next to nothing.
 */
export class Admission {
  readonly #most: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  #credit: number;
  #creditAt: number;
  /** Until then all places were promised to somebody who was sent away. */
  #promisedUntil = 0;

  /** @param now a clock in milliseconds, for tests */
  constructor({ points, seconds }: AdmissionRate, now: () => number = () => performance.now()) {
    this.#most = points;
    this.#perSecond = points / seconds;
    this.#now = now;
    this.#credit = points;
    this.#creditAt = now();
  }

  /** Somebody wants to come in. @returns 0 for yes, otherwise for how many seconds they should stay away */
  ask(): number {
    const now = this.#now();
    this.#credit = Math.min(this.#most, this.#credit + ((now - this.#creditAt) / 1_000) * this.#perSecond);
    this.#creditAt = now;
    if (this.#credit >= 1) {
      this.#credit -= 1;
      return 0;
    }
    const lastPromise = now + STAY_AWAY_MAX_SECONDS * 1_000;
    this.#promisedUntil = Math.min(lastPromise, Math.max(now, this.#promisedUntil) + 1_000 / this.#perSecond);
    return Math.max(1, Math.ceil((this.#promisedUntil - now) / 1_000));
  }
}
