import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from 'pino';
import { SHED_FROM, SHED_UNTIL_SHARE, type Sheddable } from '../contract/limits.ts';

/** How hard it is for the service just now. What could not be read is 0: Redis being away is answered 503 anyway. */
export type Readings = Record<keyof (typeof SHED_FROM)['history'], number>;

export interface Pressure {
  /** Whether work of this kind is to be refused or put off now. A look at a table: it may be asked for every request. */
  sheds(kind: Sheddable): boolean;
  /** A commit of statuses succeeded, after so long. */
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
}

const KINDS = Object.keys(SHED_FROM) as Sheddable[];
const SIGNALS = Object.keys(SHED_FROM.history) as (keyof Readings)[];
const LOOP_RESOLUTION_MS = 20;

/** Samples the signals of `SHED_FROM` until closed. Each process does so for itself: two signals are its own, two are shared. */
export function startPressure({ readUnfanned, readMemory, log, sampleMs = 1_000 }: PressureOptions): Pressure {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  let ticksBefore = { count: 0, ms: 0 };
  const commits = { count: 0, ms: 0 };
  let readings: Readings = { unfannedSeconds: 0, memoryShare: 0, loopDelayMs: 0, commitMs: 0 };
  let shed: ReadonlySet<Sheddable> = new Set();
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

  async function sample(): Promise<void> {
    const loopDelayMs = readLoopDelay();
    const commitMs = commits.count > 0 ? commits.ms / commits.count : 0;
    Object.assign(commits, { count: 0, ms: 0 });
    const [unfannedSeconds, memory] = await Promise.all([readUnfanned(), readMemory()]).catch((err: unknown) => {
      log.debug({ err }, 'pressure of Redis unknown');
      return [0, { usedBytes: 0, maxBytes: 0 }] as const;
    });
    const memoryShare = memory.maxBytes > 0 ? memory.usedBytes / memory.maxBytes : 0;
    readings = { unfannedSeconds, memoryShare, loopDelayMs, commitMs };
    const before = shed;
    shed = chooseShed(readings, before);
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
