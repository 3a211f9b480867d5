import { findKnee, kneeOf } from '../knee.ts';
import { SHAPES, type Workload } from '../lib/world.ts';
import { layOutColumns } from '../report.ts';
import type { Step, Trial } from '../trial.ts';
import type { Given, Row } from './all.ts';
import { onBuji } from './on-buji.ts';

const WORKLOADS: readonly Workload[] = ['quiet', 'busy'];
/** Half as much again as it can hold. */
const OVERLOAD = 1.5;
const SECONDS = 60;
const QUICK_SECONDS = 8;
const SETTLE_SECONDS = 6;
/** One post in a hundred is a *help*, as in the load tests' world. */
const HELP_EVERY = 100;
const BEHIND_MS = 10_000;
const QUICK_BEHIND_MS = 300;

/**
 * 150 % of the knee for a minute, then nothing: everything that was acknowledged must arrive, once. The poster obeys
 * Retry-After and does not give up. Where nobody heard of a status, everybody must have heard of a newer one of the same person.
 */
export const overload: Row = async (isQuick, given) => {
  const results = [];
  for (const workload of given.workload ? [given.workload] : WORKLOADS) {
    const { knee, step } = await overloadOf(workload, isQuick ? QUICK_SECONDS : SECONDS, isQuick, given, {});
    results.push({ workload, knee, step });
  }
  const rows = results.map(({ workload, knee, step }) => [
    workload,
    knee.toFixed(0),
    (step.posted / step.seconds).toFixed(0),
    `${step.accepted}`,
    `${step.again}`,
    `${step.refused}`,
    `${step.overtaken}`,
    `${step.lost}`,
    `${step.doubled}`,
    (step.drainMs / 1_000).toFixed(1),
  ]);
  const head = ['workload', 'knee', 'posted/s', 'accepted', 'sent again', 'unconfirmed', 'overtaken', 'lost', 'twice', 'drain s'];
  const isGood = results.every(({ step }) => step.lost === 0 && step.doubled === 0 && step.refused === 0);
  return { text: `${layOutColumns([head, ...rows])}\nlost and twice must be 0: ${isGood ? 'met' : 'NOT met'}`, data: results };
};

/** *help* while the others are ten seconds behind, which the same overload brings about; p99 must stay below a second. */
export const helpBehind: Row = async (isQuick, given) => {
  const workload = given.workload ?? 'quiet';
  const behindMs = isQuick ? QUICK_BEHIND_MS : BEHIND_MS;
  const seconds = isQuick ? QUICK_SECONDS : SECONDS;
  const { knee, step } = await overloadOf(workload, seconds, isQuick, given, { helpEvery: HELP_EVERY, behindMs });
  const { deliveries, p50, p99 } = step.help;
  const figures = `help p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms in ${deliveries} deliveries while OKs were ${behindMs / 1_000} s behind`;
  const others = `OKs were ${(step.othersBehindMs / 1_000).toFixed(1)} s behind at most, p99 ${(step.p99 / 1_000).toFixed(1)} s`;
  const judged = deliveries === 0 ? 'no figure: they were never so far behind; raise --rate' : p99 < 1_000 ? 'met' : 'NOT met';
  return {
    text: `${workload}, knee ${knee.toFixed(0)}: ${figures}; ${others}\nbelow 1,000 ms: ${judged}`,
    data: { workload, knee, step },
  };
};

/** Finds the knee, unless `rate` says it, and goes beyond it. */
function overloadOf(
  workload: Workload,
  seconds: number,
  isQuick: boolean,
  { rate }: Given,
  options: { helpEvery?: number; behindMs?: number },
): Promise<{ knee: number; step: Step }> {
  const shape = isQuick && workload === 'quiet' ? { ...SHAPES.quiet, groups: 60 } : SHAPES[workload];
  return onBuji(shape, async (trial: Trial) => {
    await trial.connect(0, shape.groups * shape.members);
    await trial.settle(SETTLE_SECONDS);
    const knee = rate ?? kneeOf(await findKnee(trial, { start: 1_000, seconds: 4, precision: 1.15 }));
    const step = await trial.step((knee || 100) * OVERLOAD, seconds, { isOverload: true, ...options });
    return { knee, step };
  });
}
