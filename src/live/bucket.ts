/** What may pass: so many at once, and again so many in `seconds`. */
export interface BucketRate {
  points: number;
  seconds: number;
}

/** Fills by its rate, up to its points; what passes takes one. `now`: ms of a clock that does not jump. */
export class Bucket {
  readonly #rate: BucketRate;
  #credit: number;
  #at: number;

  constructor(rate: BucketRate, now: number) {
    this.#rate = rate;
    this.#credit = rate.points;
    this.#at = now;
  }

  /** Whether one may pass now. */
  take(now: number): boolean {
    const { points, seconds } = this.#rate;
    this.#credit = Math.min(points, this.#credit + ((now - this.#at) / 1_000) * (points / seconds));
    this.#at = now;
    if (this.#credit < 1) return false;
    this.#credit -= 1;
    return true;
  }
}
