import { findKnee, kneeOf } from '../knee.ts';
import { SHAPES, type Workload } from '../lib/world.ts';
import { layOutColumns } from '../report.ts';
import { TARGETS } from '../targets.ts';
import type { Step, StepOptions, Trial } from '../trial.ts';
import { type Judged, judge, judgeNone, withoutVerdict } from '../verdict.ts';
import type { Given, Row } from './all.ts';
import { onBuji } from './on-buji.ts';

const WORKLOADS: readonly Workload[] = ['quiet', 'busy'];
const QUICK_SECONDS = 8;
const SETTLE_SECONDS = 6;
/** Where less was posted than this share of what was meant, the generator was the limit, and the load was no overload. */
const POSTED_SHARE_MIN = 0.93;
/** One post in a hundred is a *help*, as in the load tests' world. */
const HELP_EVERY = 100;
const QUICK_BEHIND_MS = 300;
/** How far beyond the knee it goes until the OKs are so late: a service that keeps up with the first is asked for more. */
const HELP_OVERLOADS = [TARGETS.overloadShare, 2.5, 4];

/**
 * 150 % of the knee for a minute, then nothing: everything that was acknowledged must arrive, once. The poster obeys
 * Retry-After and does not give up. Where nobody heard of a status, everybody must have heard of a newer one of the same person.
 */
export const overload: Row = async (isQuick, given) => {
  const results: { workload: Workload; knee: number; step: Step }[] = [];
  for (const workload of given.workload ? [given.workload] : WORKLOADS) {
    const { knee, steps } = await overloadOf(workload, isQuick, given, [TARGETS.overloadShare], {}, () => true);
    for (const step of steps) results.push({ workload, knee, step });
  }
  const rows = results.map(({ workload, knee, step }) => [
    workload,
    knee.toFixed(0),
    (step.posted / step.seconds).toFixed(0),
    `${step.accepted}`,
    `${step.again}`,
    `${step.overtaken}`,
    (step.p99 / 1_000).toFixed(1),
    (step.drainMs / 1_000).toFixed(1),
  ]);
  const head = ['workload', 'knee', 'posted/s', 'accepted', 'sent again', 'overtaken', 'p99 s', 'drain s'];
  return { text: layOutColumns([head, ...rows]), data: { results }, judged: results.flatMap(judgeOverload) };
};

function judgeOverload({ workload, step }: { workload: Workload; step: Step }): Judged[] {
  const lines = [
    judgeNone(`deliveries lost, ${workload}`, step.lost),
    judgeNone(`deliveries that came twice, ${workload}`, step.doubled),
    judgeNone(`deliveries to somebody outside the circle, ${workload}`, step.strangers),
    judgeNone(`posts never confirmed, ${workload}`, step.refused),
  ];
  const share = step.posted / step.seconds / step.rate;
  const why = `the generator posted only ${Math.round(share * 100)} % of the overload`;
  return lines.map((line) => (share < POSTED_SHARE_MIN && line.outcome === 'met' ? withoutVerdict(line, why) : line));
}

/** *help* while the others are ten seconds behind, which an overload brings about; p99 must stay below a second. */
export const helpBehind: Row = async (isQuick, given) => {
  const workload = given.workload ?? 'quiet';
  const behindMs = isQuick ? QUICK_BEHIND_MS : TARGETS.helpBehindMs;
  const options = { helpEvery: HELP_EVERY, behindMs };
  const isBehind = (step: Step) => step.help.deliveries > 0;
  const { knee, steps } = await overloadOf(workload, isQuick, given, HELP_OVERLOADS, options, isBehind);
  const step = steps.at(-1);
  if (!step) throw new Error('nothing was posted');
  const { deliveries, p50, p99 } = step.help;
  const text = [
    `${workload}, knee ${knee.toFixed(0)}, ${(step.posted / step.seconds).toFixed(0)} posted/s:`,
    `help p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms in ${deliveries} deliveries while OKs were ${behindMs / 1_000} s behind;`,
    `OKs were ${(step.othersBehindMs / 1_000).toFixed(1)} s behind at most, p99 ${(step.p99 / 1_000).toFixed(1)} s`,
  ].join(' ');
  const target = judge(`help p99 while OKs are ${behindMs / 1_000} s behind`, p99, '<', TARGETS.helpBehindP99BelowMs, 'ms', 1);
  const why = isQuick ? '--quick does not wait for ten seconds' : 'the OKs were never so far behind: give a higher --rate';
  const isMeant = deliveries > 0 && (!isQuick || target.outcome === 'NOT met');
  return { text, data: { workload, knee, steps }, judged: [isMeant ? target : withoutVerdict(target, why)] };
};

/** Finds the knee, unless `rate` says it, and goes beyond it by each of the shares until one does. */
function overloadOf(
  workload: Workload,
  isQuick: boolean,
  { rate }: Given,
  shares: readonly number[],
  options: StepOptions,
  isEnough: (step: Step) => boolean,
): Promise<{ knee: number; steps: Step[] }> {
  const shape = isQuick && workload === 'quiet' ? { ...SHAPES.quiet, groups: 60 } : SHAPES[workload];
  return onBuji(shape, async (trial: Trial) => {
    await trial.connect(0, shape.groups * shape.members);
    await trial.settle(SETTLE_SECONDS);
    const knee = rate ?? kneeOf(await findKnee(trial, { start: 1_000, seconds: 4, precision: 1.15 }));
    const steps: Step[] = [];
    for (const share of shares) {
      const seconds = isQuick ? QUICK_SECONDS : TARGETS.overloadSeconds;
      const step = await trial.step((knee || 100) * share, seconds, { isOverload: true, ...options });
      steps.push(step);
      if (isEnough(step)) break;
    }
    return { knee, steps };
  });
}
