import { performance } from 'node:perf_hooks';
import { LIVE_GATHER_MAX_MS } from '../contract/limits.ts';

/** Over how long the load is averaged: a burst of one circle is no load, a spike shows within a quarter of a second. */
const MEMORY_MS = 250;
/** Below this load each tick is written at once: there is time for that, and what waits does so for less than a write takes. */
const CALM_LOAD = 0.8;
/** From this load on the longest gathering. */
const FULL_LOAD = 1.2;
/** Gathering is for nothing where fewer of the deliveries than this would find company: all would wait, and few writes be spared. */
const LEAST_COMPANY = 0.2;

/** What one round of writing was. */
export interface Round {
  /** Frames for sockets; several for one socket share a write. */
  deliveries: number;
  writes: number;
  /** Writes to sockets that were written to within LIVE_GATHER_MAX_MS before: one write would have done. */
  sparable: number;
  /** How long it took. */
  spentMs: number;
}

/**
 * Decides how long deliveries may gather before they are written. A write is a system call and costs the same whether it carries
 * one frame or four, so a gateway that is behind catches up by writing less often. The load is the share of its time that the
 * gateway would need if each delivery were a write of its own, and what its event loop is busy with besides (reading, other roles
 * in the same process): unlike the time that it does spend on writes, this does not fall when gathering helps, and so gathering
 * does not switch itself off. The cost of a write is measured as it goes, on this machine, in this minute. Where sockets hear so
 * seldom that they would not find company either, nothing waits.
 */
export class Pace {
  readonly #now: () => number;
  readonly #maxMs: number;
  readonly #busyMs: () => number;
  #at: number;
  #deliveries = 0;
  #writes = 0;
  #sparable = 0;
  #spentMs = 0;
  #otherMs = 0;
  #busyAt: number;

  /** @param now a clock in milliseconds, for tests @param busyMs for how long the event loop has been busy, ever */
  constructor(
    maxMs = LIVE_GATHER_MAX_MS,
    now: () => number = () => performance.now(),
    busyMs: () => number = () => performance.eventLoopUtilization().active,
  ) {
    this.#maxMs = maxMs;
    this.#now = now;
    this.#busyMs = busyMs;
    this.#at = now();
    this.#busyAt = busyMs();
  }

  note({ deliveries, writes, sparable, spentMs }: Round): void {
    const now = this.#now();
    const busyMs = this.#busyMs();
    const share = Math.exp((this.#at - now) / MEMORY_MS);
    this.#at = now;
    this.#deliveries = this.#deliveries * share + deliveries;
    this.#writes = this.#writes * share + writes;
    this.#sparable = this.#sparable * share + sparable;
    this.#spentMs = this.#spentMs * share + spentMs;
    this.#otherMs = this.#otherMs * share + Math.max(0, busyMs - this.#busyAt - spentMs);
    this.#busyAt = busyMs;
  }

  /** How long from now what comes up next may wait for company: 0 while all is calm, at most `LIVE_GATHER_MAX_MS`. */
  get gatherMs(): number {
    if (this.#writes === 0) return 0;
    // Half of them: what gathers begins with anybody's news, so it ends before half of the company is there.
    const inCompany = this.#deliveries - this.#writes + this.#sparable / 2;
    if (inCompany < this.#deliveries * LEAST_COMPANY) return 0;
    // Sums that fade by e in MEMORY_MS are, in a steady state, those of MEMORY_MS.
    const perMs = Math.exp((this.#at - this.#now()) / MEMORY_MS) / MEMORY_MS;
    const load = perMs * (this.#deliveries * (this.#spentMs / this.#writes) + this.#otherMs);
    return this.#maxMs * Math.min(1, Math.max(0, (load - CALM_LOAD) / (FULL_LOAD - CALM_LOAD)));
  }
}
