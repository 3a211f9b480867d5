import type { Contender } from '../contenders/contender.ts';
import { SHAPES, type Workload } from '../lib/world.ts';
import { type Step, Trial } from '../trial.ts';

/** One contender at set rates, a line each: for looking into one thing (with `BENCH_CPU_PROF=folder`, with a profile). */
export async function runSteps(
  contender: Contender,
  workload: Workload,
  rates: number[],
  seconds: number,
  isQuick: boolean,
): Promise<void> {
  const shape = isQuick && workload === 'quiet' ? { ...SHAPES.quiet, groups: 60 } : SHAPES[workload];
  const trial = await Trial.start(contender, shape);
  try {
    await trial.warmUp();
    const startedAt = Date.now();
    const { beforeMib, afterMib } = await trial.connect(0, shape.groups * shape.members);
    console.log(
      `${contender.name}, ${workload}: ${shape.groups * shape.members} sockets in ${Date.now() - startedAt} ms, ` +
        `${(afterMib - beforeMib).toFixed(0)} MiB more`,
    );
    await trial.step(300, 2);
    for (const rate of rates) console.log(describeStep(await trial.step(rate, seconds)));
  } finally {
    await trial.stop();
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
