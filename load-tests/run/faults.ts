import { setTimeout as delay } from 'node:timers/promises';
import type { Part, Service } from './service.ts';

/** One fault of the run: when it began, and when what was broken ran again (ms since 1970). */
export interface Fault {
  what: string;
  at: number;
  backAt: number | null;
}

/** What a supervisor waits before it starts a process again. */
const DOWN_MS = 500;
/** One turn of holding a process back: long enough to be felt by a person. */
const SLOW_TURN_MS = 4_000;

/**
 * Kills each part once (-9), evenly spread over the time from `from` to `to` (ms since 1970). Resolves when the last one runs
 * again; each fault is pushed onto `faults` as it happens.
 */
export async function killDuring(
  service: Service,
  parts: readonly Part[],
  { from, to }: { from: number; to: number },
  faults: Fault[],
): Promise<void> {
  for (const [index, part] of parts.entries()) {
    await delay(Math.max(0, from + ((to - from) * (index + 0.5)) / parts.length - Date.now()));
    const fault: Fault = { what: `kill -9 of ${part}`, at: Date.now(), backAt: null };
    faults.push(fault);
    await service.killAndRestart(part, DOWN_MS);
    fault.backAt = Date.now();
  }
}

/**
 * Makes the worker deliberately slow: it is stopped for that share of every turn. For showing that the verdict notices.
 * @returns what ends it
 */
export function slowDown(service: Service, share: number): () => void {
  const signal = (name: NodeJS.Signals) => service.parts.get('worker')?.child.kill(name);
  const turn = () => {
    signal('SIGSTOP');
    resumption = setTimeout(() => signal('SIGCONT'), SLOW_TURN_MS * share);
  };
  let resumption: NodeJS.Timeout | undefined;
  const timer = setInterval(turn, SLOW_TURN_MS);
  turn();
  return () => {
    clearInterval(timer);
    clearTimeout(resumption);
    signal('SIGCONT');
  };
}
