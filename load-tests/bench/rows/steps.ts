import type { Contender } from '../contenders/contender.ts';
import { SHAPES, type Workload } from '../lib/world.ts';
import { type Step, Trial } from '../trial.ts';

const SETTLE_SECONDS = 5;

/**
 * Programs at set rates, a line each: for looking into one thing (with `BENCH_CPU_PROF=folder`, with a profile). All of them
 * are started first and take turns at each rate, so that what changes on the machine changes for all; those whose turn it is
 * not have nothing to do.
 */
export async function runSteps(
  contenders: readonly Contender[],
  workload: Workload,
  rates: readonly number[],
  seconds: number,
  isQuick: boolean,
): Promise<void> {
  const shape = isQuick && workload === 'quiet' ? { ...SHAPES.quiet, groups: 60 } : SHAPES[workload];
  const sockets = shape.groups * shape.members;
  const trials: { name: string; trial: Trial }[] = [];
  try {
    for (const contender of contenders) {
      const { name } = contender;
      const trial = await Trial.start(contender, shape);
      trials.push({ name, trial });
      await trial.warmUp();
      const startedAt = Date.now();
      const { beforeMib, afterMib, moreMib } = await trial.connect(0, sockets);
      const shares = Object.entries(moreMib).map(([process, mib]) => `${process} ${mib.toFixed(0)}`);
      const more = `${(afterMib - beforeMib).toFixed(0)} MiB more (${shares.join(', ')})`;
      console.log(`${name}, ${workload}: ${sockets} sockets in ${Date.now() - startedAt} ms, ${more}`);
      await trial.settle(SETTLE_SECONDS);
    }
    const width = Math.max(...contenders.map(({ name }) => name.length));
    for (const rate of rates) {
      for (const { name, trial } of trials)
        console.log(`${name.padEnd(width)}  ${describeStep(await trial.step(rate, seconds))}`);
    }
  } finally {
    for (const { trial } of trials) await trial.stop();
  }
}

export function describeStep(step: Step): string {
  const cpu = Object.entries(step.cpuSeconds).map(([name, used]) => `${name} ${((used / step.accepted) * 1_000).toFixed(3)}`);
  return [
    `${step.rate}/s ${step.isHeld ? 'held' : 'NOT held'}:`,
    `p50 ${step.p50.toFixed(2)} p99 ${step.p99.toFixed(2)} accept p99 ${step.acceptP99.toFixed(2)} drain ${step.drainMs.toFixed(0)} ms,`,
    `refused ${step.refused} lost ${step.lost} twice ${step.doubled} closed ${step.closed},`,
    `CPU-s per 1,000: ${cpu.join(' ')}, generator ${step.posterBusy.toFixed(2)} ${step.receiverBusy.toFixed(2)}`,
  ].join(' ');
}
