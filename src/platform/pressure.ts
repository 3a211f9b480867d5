import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from 'pino';
import { SHED_FROM, SHED_UNTIL_SHARE, type Sheddable } from '../contract/limits.ts';

/** How hard it is for the service just now. What Redis does not answer for longer than KEEP_MS is 0: then all is 503 anyway. */
export type Readings = Record<keyof (typeof SHED_FROM)['history'], number>;

export interface Pressure {
  /** Whether work of this kind is to be refused or put off now. A look at a table: it may be asked for every request. */
  sheds(kind: Sheddable): boolean;
  /**
   * Whether statuses wait for their boards, or soon will: by all signals but memory, which does not pass by waiting. What is put
   * off, and has to be done in the end, asks this.
   */
  isBehind(): boolean;
  /** A commit of statuses ended after so long, well or not. */
  observeCommit(ms: number): void;
  readonly readings: Readings;
  close(): void;
}

export interface PressureOptions {
  /** Age in seconds of the oldest status that was accepted and not fanned out. */
  readUnfanned: () => Promise<number>;
  readMemory: () => Promise<{ usedBytes: number; maxBytes: number }>;
  log: Pick<Logger, 'warn' | 'debug'>;
  /** A second unless a test is in a hurry: pressure builds up over seconds, and one sample costs Redis two small commands. */
  sampleMs?: number;
  /** For tests: shorter than KEEP_MS. */
  keepMs?: number;
}

const KINDS = Object.keys(SHED_FROM) as Sheddable[];
const SIGNALS = Object.keys(SHED_FROM.history) as (keyof Readings)[];
const LOOP_RESOLUTION_MS = 20;
/**
 * How long Redis' last readings hold while it does not answer: where it is that slow it is worst, and the load must not come
 * back at once. After half a minute they say nothing any more: a Redis that begins anew has other ones.
 */
const KEEP_MS = 30_000;

/** Samples the signals of `SHED_FROM` until closed. Each process does so for itself: two signals are its own, two are shared. */
export function startPressure({ readUnfanned, readMemory, log, sampleMs = 1_000, keepMs = KEEP_MS }: PressureOptions): Pressure {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  let ticksBefore = { count: 0, ms: 0 };
  const commits = { count: 0, ms: 0 };
  let readings: Readings = { unfannedSeconds: 0, memoryShare: 0, loopDelayMs: 0, commitMs: 0 };
  let shed: ReadonlySet<Sheddable> = new Set();
  let shedByOthers: ReadonlySet<Sheddable> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  let isSampling = false;

  /**
   * The mean since the last sample, not the longest: one pause of the garbage collector is no pressure. The histogram holds whole
   * intervals, and it is not reset, for that would lose the interval that is under way: the very one that takes long.
   */
  function readLoopDelay(): number {
    const { count, mean } = loop;
    const ticks = { count, ms: count > 0 ? (mean * count) / 1e6 : 0 };
    const [newTicks, newMs] = [ticks.count - ticksBefore.count, ticks.ms - ticksBefore.ms];
    if (newTicks === 0) return readings.loopDelayMs;
    ticksBefore = ticks;
    return Math.max(0, newMs / newTicks - LOOP_RESOLUTION_MS);
  }

  async function readRedis(): Promise<Pick<Readings, 'unfannedSeconds' | 'memoryShare'>> {
    try {
      const [unfannedSeconds, { usedBytes, maxBytes }] = await Promise.all([readUnfanned(), readMemory()]);
      readAt = performance.now();
      return { unfannedSeconds, memoryShare: maxBytes > 0 ? usedBytes / maxBytes : 0 };
    } catch (err) {
      log.debug({ err }, 'pressure of Redis unknown');
      return performance.now() - readAt < keepMs ? readings : { unfannedSeconds: 0, memoryShare: 0 };
    }
  }

  async function sample(): Promise<void> {
    const loopDelayMs = readLoopDelay();
    const commitMs = commits.count > 0 ? commits.ms / commits.count : 0;
    Object.assign(commits, { count: 0, ms: 0 });
    readings = { ...(await readRedis()), loopDelayMs, commitMs };
    const before = shed;
    shed = chooseShed(readings, before);
    shedByOthers = chooseShed({ ...readings, memoryShare: 0 }, shedByOthers);
    if (shed.size !== before.size)
      log.warn({ shed: [...shed], readings }, shed.size > before.size ? 'shedding' : 'shedding less');
  }

  const timer = setInterval(() => {
    if (isSampling) return;
    isSampling = true;
    void sample().finally(() => {
      isSampling = false;
    });
  }, sampleMs);
  timer.unref();

  return {
    sheds: (kind) => shed.has(kind),
    isBehind: () => shedByOthers.has('digests'),
    observeCommit(ms) {
      commits.count += 1;
      commits.ms += ms;
    },
    get readings() {
      return readings;
    },
    close() {
      clearInterval(timer);
      loop.disable();
    },
  };
}

/** What is shed at these readings. @param before what was shed until now, which ends a little later than it began */
export function chooseShed(readings: Readings, before: ReadonlySet<Sheddable>): ReadonlySet<Sheddable> {
  const isPressed = (kind: Sheddable) =>
    SIGNALS.some((signal) => readings[signal] >= SHED_FROM[kind][signal] * (before.has(kind) ? SHED_UNTIL_SHARE : 1));
  return new Set(KINDS.filter(isPressed));
}
