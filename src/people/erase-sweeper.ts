import type { Logger } from 'pino';
import type { QueueSet } from '../platform/queues.ts';
import type { PeopleStore } from '../store/people.ts';
import { addEraseJob } from './erase-job.ts';

export interface EraseSweeperOptions {
  people: PeopleStore;
  queues: QueueSet;
  log: Logger;
  now: () => Date;
}

/** Erased people are gone from every board within 60 s: two turns, and what the chore itself takes. */
const INTERVAL_MS = 10_000;
const MOST_AT_ONCE = 100;

/** Adds the chore of everybody who is noted to be erased. One that is there already is left alone. */
export async function sweepErasingOnce({ people, queues, now }: EraseSweeperOptions): Promise<void> {
  const due = await people.listErasing(now(), MOST_AT_ONCE);
  await Promise.all(due.map((person) => addEraseJob(queues, person)));
}

/** Sweeps every ten seconds until stopped; a failing turn is logged and the next one tries again. */
export function startEraseSweeper(options: EraseSweeperOptions): { close(): Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= sweepErasingOnce(options)
      .catch((err) => options.log.warn({ err }, 'erase sweep'))
      .finally(() => {
        running = null;
      });
  }, INTERVAL_MS);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
