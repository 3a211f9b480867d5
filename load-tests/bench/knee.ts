import { setTimeout as delay } from 'node:timers/promises';
import type { Step, Trial } from './trial.ts';

export interface KneeOptions {
  /** Posts a second to begin with. */
  start: number;
  /** A step at that rate which was taken already. */
  known?: Step;
  seconds: number;
  /** The search ends when what held and what did not are so close: 1.08 is 8 %. */
  precision: number;
  /** After a step that did not hold, what it left behind settles. */
  settleMs?: number;
}

const GROWTH = 1.5;
const SETTLE_MS = 3_000;
const TRIES = 2;

/**
 * The greatest rate that a contender holds: p99 delivery below a second, no backlog, nothing refused, nothing lost. It rises by
 * half until a step does not hold, then halves the gap. A step that fails is tried once more, for a neighbour on this machine
 * may have been at work; one that fails twice has failed.
 */
export async function findKnee(
  trial: Pick<Trial, 'step'>,
  { start, known, seconds, precision, settleMs = SETTLE_MS }: KneeOptions,
): Promise<Step[]> {
  const steps: Step[] = known ? [known] : [];

  async function holds(rate: number): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const step = await trial.step(Math.round(rate), seconds);
      steps.push(step);
      if (step.isHeld) return true;
      await delay(settleMs);
      if (step.isSaturated) return false;
    }
    return false;
  }

  let held = known?.isHeld ? start : 0;
  let failed = known?.isHeld ? start * GROWTH : start;
  while (await holds(failed)) {
    held = failed;
    failed *= GROWTH;
  }
  // It does not even hold the first: down to where it does.
  while (held === 0 && failed > 10) {
    if (await holds(failed / 2)) held = failed / 2;
    else failed /= 2;
  }
  while (held > 0 && failed / held > precision) {
    const middle = Math.sqrt(held * failed);
    if (await holds(middle)) held = middle;
    else failed = middle;
  }
  return steps;
}

/** The best step that held; its real rate counts, not the one that was asked for. Null when none did. */
export function bestOf(steps: Step[]): Step | null {
  return steps.filter(({ isHeld }) => isHeld).sort((a, b) => b.rate - a.rate)[0] ?? null;
}

/** Posts a second of the best step; 0 where none held. */
export function kneeOf(steps: Step[]): number {
  const best = bestOf(steps);
  return best ? best.accepted / best.seconds : 0;
}
