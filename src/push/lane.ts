import {
  PUSH_LANE_FAILURES,
  PUSH_LANE_IN_FLIGHT,
  PUSH_LANE_PAUSE_FIRST_MS,
  PUSH_LANE_PAUSE_MAX_MS,
  PUSH_LANE_PER_SECOND,
} from '../contract/limits.ts';
import { chooseRetryWait } from '../contract/send-again.ts';
import type { PushResult } from './send.ts';

/** `closed`: pushes pass. `open`: the lane is paused. `half-open`: one push is tried, the others wait for what becomes of it. */
export type LaneState = 'closed' | 'half-open' | 'open';

export interface LaneOptions {
  /** Milliseconds; need not be the time of day. */
  now: () => number;
  /** Called at every change, in order. */
  onState: (state: LaneState) => void;
  limits?: Partial<LaneLimits>;
}
export interface LaneLimits {
  inFlight: number;
  perSecond: number;
  failures: number;
  pauseFirstMs: number;
  pauseMaxMs: number;
}

const LIMITS: LaneLimits = {
  inFlight: PUSH_LANE_IN_FLIGHT,
  perSecond: PUSH_LANE_PER_SECOND,
  failures: PUSH_LANE_FAILURES,
  pauseFirstMs: PUSH_LANE_PAUSE_FIRST_MS,
  pauseMaxMs: PUSH_LANE_PAUSE_MAX_MS,
};

/**
 * What one push lane of this process may send: so many at once, so many a second, and nothing for a while once its provider has
 * failed several times in a row. The pause grows with each probe that fails, up to a cap, and is at least what the provider
 * asked for (up to the same cap; who asks for more is asked again by that one push).
 */
export class Lane {
  state: LaneState = 'closed';
  readonly #now: () => number;
  readonly #onState: (state: LaneState) => void;
  readonly #limits: LaneLimits;
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;
  #failures = 0;
  #pauses = 0;
  #openUntil = 0;
  #probe: Promise<unknown> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  /** When the next push may go by the rate. */
  #nextAt = 0;

  constructor({ now, onState, limits }: LaneOptions) {
    this.#now = now;
    this.#onState = onState;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Sends when it is its turn; `paused` when it was not sent at all, with ms until that makes sense. */
  async run(send: () => Promise<PushResult>): Promise<PushResult | { outcome: 'paused'; retryAfterMs: number }> {
    await this.#enter();
    try {
      await this.#waitForRate();
      while (this.#probe) await this.#probe;
      if (this.state === 'open') return { outcome: 'paused', retryAfterMs: Math.max(0, this.#openUntil - this.#now()) };
      const sent = this.#sendAndJudge(send);
      if (this.state === 'half-open') {
        // Whoever comes while it is on its way waits for it.
        this.#probe = sent
          .catch(() => undefined)
          .finally(() => {
            this.#probe = null;
          });
      }
      return await sent;
    } finally {
      this.#leave();
    }
  }

  /** Forgets what it waits for; pushes on their way end by themselves. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #sendAndJudge(send: () => Promise<PushResult>): Promise<PushResult> {
    const result = await send();
    if (result.outcome === 'retry-later') this.#fail(result.retryAfterMs);
    // What is rejected may never have been sent (a host that is not allowed, unusable keys): it says nothing of the provider.
    else if (result.outcome !== 'rejected') this.#succeed();
    return result;
  }

  #succeed(): void {
    this.#failures = 0;
    // An answer to what was sent before the pause does not end it.
    if (this.state !== 'half-open') return;
    this.#pauses = 0;
    this.#become('closed');
  }

  #fail(retryAfterMs: number | null): void {
    this.#failures += 1;
    if (this.state === 'open' || this.#isClosed) return;
    if (this.state === 'closed' && this.#failures < this.#limits.failures) return;
    const { pauseFirstMs, pauseMaxMs } = this.#limits;
    const waits = { firstMs: pauseFirstMs, longestMs: pauseMaxMs };
    const asked = Math.min(pauseMaxMs, retryAfterMs ?? 0);
    // Jittered upwards where it was asked for: several workers shall not come back in the same moment.
    const pauseMs = chooseRetryWait(waits, this.#pauses, Math.random(), asked);
    this.#pauses += 1;
    this.#openUntil = this.#now() + pauseMs;
    this.#become('open');
    this.#timer = setTimeout(() => this.#become('half-open'), pauseMs);
    this.#timer.unref();
  }

  #become(state: LaneState): void {
    this.state = state;
    this.#onState(state);
  }

  /** A slot passes from who leaves to who waits, so nobody can overtake. */
  #enter(): Promise<void> | undefined {
    if (this.#inFlight < this.#limits.inFlight) {
      this.#inFlight += 1;
      return;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inFlight -= 1;
  }

  /** A bucket that holds one second's worth: waits only when more than that went within a second. */
  async #waitForRate(): Promise<void> {
    const at = this.#now();
    this.#nextAt = Math.max(this.#nextAt, at - 1_000) + 1_000 / this.#limits.perSecond;
    const ahead = this.#nextAt - at;
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
}
