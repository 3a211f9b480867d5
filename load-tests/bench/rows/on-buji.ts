import { buji } from '../contenders/buji.ts';
import type { Shape } from '../lib/world.ts';
import { type Step, Trial } from '../trial.ts';

/** Runs something on a Buji of that shape and ends it, whatever comes. */
export async function onBuji<T>(shape: Shape, run: (trial: Trial) => Promise<T>): Promise<T> {
  const trial = await Trial.start(buji, shape);
  try {
    await trial.warmUp();
    return await run(trial);
  } finally {
    await trial.stop();
  }
}

/** CPU-seconds of all processes in a step. */
export function cpuOf(step: Step): number {
  return Object.values(step.cpuSeconds).reduce((sum, value) => sum + value, 0);
}
