import { spawnSync } from 'node:child_process';
import type { Contender } from './contenders/contender.ts';
import { bestOf, findKnee, kneeOf } from './knee.ts';
import { SHAPES, type Workload } from './lib/world.ts';
import { type Step, Trial } from './trial.ts';

export interface RoundOptions {
  workload: Workload;
  /** Shorter steps and a rougher search, in the full world: a knee to 15 % instead of 7 %. */
  isQuick: boolean;
}

/** What one start of one contender came to. Times in ms, CPU in seconds of all its processes with Redis. */
export interface Round {
  contender: string;
  workload: Workload;
  isQuick: boolean;
  /** When it ended (ISO 8601), and the commit that it measured. */
  at: string;
  revision: string;
  kneePostsPerSecond: number;
  cpuPer1000Posts: number;
  cpuPerMillionDeliveries: number;
  p50AtOne: number;
  p99AtOne: number;
  p50AtEight: number;
  p99AtEight: number;
  /** p99 at 8× by p99 at 1×. */
  p99Growth: number;
  p50At1000: number;
  drainMs: number;
  mibPer1000Sockets: number;
  /** The same by process. */
  mibShares: Record<string, number>;
  lost: number;
  doubled: number;
  /** Share of its time that the busier process of the generator worked at the knee. */
  generatorBusy: number;
  cpuShares: Record<string, number>;
  steps: Step[];
}

/** 8× is this share of the knee, so that 1× is a tenth of it: a service is bought with a reserve. */
const EIGHT_TIMES = 0.8;
const CALM_RATE = 1_000;
const SETTLE_SECONDS = 10;
const QUICK_SETTLE_SECONDS = 6;

/** The commit, and whether something was changed since; git is no part of what is measured, so it may be missing. */
export function readRevision(): string {
  const { stdout, status } = spawnSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
}

/** Starts a contender, finds its knee, looks at it calm and at eight times that, and ends it. */
export async function runRound(contender: Contender, { workload, isQuick }: RoundOptions): Promise<Round> {
  const shape = SHAPES[workload];
  const seconds = isQuick ? 4 : 6;
  const trial = await Trial.start(contender, shape);
  try {
    await trial.warmUp();
    const sockets = shape.groups * shape.members;
    const { beforeMib, afterMib, moreMib } = await trial.connect(0, sockets);
    await trial.settle(isQuick ? QUICK_SETTLE_SECONDS : SETTLE_SECONDS);
    const calm = await trial.step(CALM_RATE, seconds);
    const steps = await findKnee(trial, { start: CALM_RATE, known: calm, seconds, precision: isQuick ? 1.15 : 1.07 });
    const best = bestOf(steps);
    const knee = kneeOf(steps);
    const eight = await trial.step((knee || 100) * EIGHT_TIMES, isQuick ? seconds : seconds * 1.5);
    const one = await trial.step(((knee || 100) * EIGHT_TIMES) / 8, seconds);
    // What a step costs is told by one that held, below the knee, where nothing waits for nothing.
    const cpu = Object.values(eight.cpuSeconds).reduce((sum, value) => sum + value, 0);
    const all = [...steps, eight, one];
    const per1000 = 1_000 / sockets;
    return {
      contender: contender.name,
      workload,
      isQuick,
      at: new Date().toISOString(),
      revision: readRevision(),
      kneePostsPerSecond: knee,
      cpuPer1000Posts: (cpu / eight.accepted) * 1_000,
      cpuPerMillionDeliveries: (cpu / (eight.accepted * shape.members)) * 1_000_000,
      p50AtOne: one.p50,
      p99AtOne: one.p99,
      p50AtEight: eight.p50,
      p99AtEight: eight.p99,
      p50At1000: calm.p50,
      p99Growth: one.p99 > 0 ? eight.p99 / one.p99 : 0,
      drainMs: eight.drainMs,
      mibPer1000Sockets: (afterMib - beforeMib) * per1000,
      mibShares: Object.fromEntries(Object.entries(moreMib).map(([name, mib]) => [name, mib * per1000])),
      lost: all.reduce((sum, step) => sum + step.lost, 0),
      doubled: all.reduce((sum, step) => sum + step.doubled, 0),
      generatorBusy: best ? Math.max(best.posterBusy, best.receiverBusy) : 0,
      cpuShares: Object.fromEntries(
        Object.entries(eight.cpuSeconds).map(([name, value]) => [name, (value / eight.accepted) * 1_000]),
      ),
      steps: all,
    };
  } finally {
    await trial.stop();
  }
}
