import { LIVE_GATHER_MAX_MS } from '../contract/limits.ts';

/** Over how long the load is averaged: a burst of one circle is no load, a spike shows within a quarter of a second. */
const MEMORY_MS = 250;
/** Below this load each tick is written at once: there is time for that, and nobody waits. */
const CALM_LOAD = 0.5;
/** From this load on the longest gathering: the rest of the time belongs to reading, to Redis and to the other roles. */
const FULL_LOAD = 1;

/** What one round of writing was. */
export interface Round {
  /** Frames for sockets; several for one socket share a write. */
  deliveries: number;
  writes: number;
  /** How long it took. */
  spentMs: number;
}

/**
 * Decides how long deliveries may gather before they are written. A write is a system call and costs the same whether it carries
 * one frame or four, so a gateway that is behind catches up by writing less often. The load is the share of its time that the
 * gateway would need if each delivery were a write of its own: unlike the time that it does spend, it does not fall when
 * gathering helps, and so gathering does not switch itself off. The cost of a write is measured as it goes, on this machine, in
 * this minute.
 */
export class Pace {
  readonly #now: () => number;
  readonly #maxMs: number;
  #at: number;
  #deliveries = 0;
  #writes = 0;
  #spentMs = 0;

  /** @param now a clock in milliseconds, for tests */
  constructor(maxMs = LIVE_GATHER_MAX_MS, now: () => number = () => performance.now()) {
    this.#maxMs = maxMs;
    this.#now = now;
    this.#at = now();
  }

  note({ deliveries, writes, spentMs }: Round): void {
    const now = this.#now();
    const share = Math.exp((this.#at - now) / MEMORY_MS);
    this.#at = now;
    this.#deliveries = this.#deliveries * share + deliveries;
    this.#writes = this.#writes * share + writes;
    this.#spentMs = this.#spentMs * share + spentMs;
  }

  /** How long from now what comes up next may wait for company: 0 while all is calm, at most `LIVE_GATHER_MAX_MS`. */
  get gatherMs(): number {
    if (this.#writes === 0) return 0;
    // Sums that fade by e in MEMORY_MS are, in a steady state, those of MEMORY_MS.
    const perMs = (this.#deliveries / MEMORY_MS) * Math.exp((this.#at - this.#now()) / MEMORY_MS);
    const load = perMs * (this.#spentMs / this.#writes);
    return this.#maxMs * Math.min(1, Math.max(0, (load - CALM_LOAD) / (FULL_LOAD - CALM_LOAD)));
  }
}
