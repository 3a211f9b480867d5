import type { Logger } from 'pino';
import { DIGEST_PUT_OFF_MAX_SECONDS } from '../contract/limits.ts';
import { alertJobId } from '../platform/alert-job.ts';
import { ALERT_ATTEMPTS, type AlertJob, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import type { DueAlertStore, TimedAlert } from '../store/due-alerts.ts';

export interface DueAlertsOptions {
  dueAlerts: DueAlertStore;
  queues: QueueSet;
  /** Plans one alert; may run twice, also at the same time. */
  plan: (alert: TimedAlert) => Promise<void>;
  /** Whether statuses wait for their boards: digests then let them go first, and join what comes meanwhile. */
  isBehind: () => boolean;
  log: Logger;
  now: () => Date;
  /** Milliseconds between two looks; a quarter of a second unless a test is in a hurry. */
  intervalMs?: number;
}

/** A digest gathers for a second at least; a quarter of one more is nothing, and asking costs two commands. */
const INTERVAL_MS = 250;
/** Taken at once: many share one script, and all of them are planned long before their lease ends. */
const MOST_AT_ONCE = 100;
/** Planned at once: some keep going while others wait for Redis, and more of them would hold up the fan-out. */
const CONCURRENCY = 4;

/**
 * Plans what is due in one shard, as much as is taken at once; while statuses wait for their boards only what is due for long, or
 * was a dead worker's. One that fails becomes a job of its own, which is tried again.
 * @returns how many were taken
 */
export async function planDueAlerts(
  { dueAlerts, queues, plan, isBehind, log, now }: Omit<DueAlertsOptions, 'intervalMs'>,
  shard: number,
): Promise<number> {
  const until = isBehind() ? new Date(now().getTime() - DIGEST_PUT_OFF_MAX_SECONDS * 1_000) : now();
  const taken = await dueAlerts.take(shard, until, MOST_AT_ONCE);
  const waiting = [...taken.alerts];
  const done: TimedAlert[] = [];

  async function planNext(): Promise<void> {
    for (let alert = waiting.shift(); alert; alert = waiting.shift()) {
      try {
        await plan(alert);
        done.push(alert);
      } catch (err) {
        log.warn({ err, alert }, 'alert failed; it gets a job of its own');
        if (await addJob(alert)) done.push(alert);
      }
    }
  }

  /** Where even that fails the alert comes again when its lease ends. */
  async function addJob(alert: TimedAlert): Promise<boolean> {
    const opts = { jobId: alertJobId(alert), removeOnFail: true, attempts: ALERT_ATTEMPTS };
    try {
      await queues.get<AlertJob>(QUEUES.alerts).add(alert.kind, alert, opts);
      return true;
    } catch (err) {
      log.warn({ err, alert }, 'alert waits for its next turn');
      return false;
    }
  }

  await Promise.all(Array.from({ length: CONCURRENCY }, planNext));
  await dueAlerts.finish(shard, done, taken);
  return taken.alerts.length;
}

/** Looks for due alerts until closed; a look that fails is logged, and the next one tries again. Safe in many processes at once. */
export function startDueAlerts(options: DueAlertsOptions): { close(): Promise<void> } {
  const { dueAlerts, log, intervalMs = INTERVAL_MS } = options;
  let isClosing = false;
  let running: Promise<void> | null = null;

  /** The shards in turn, beginning anywhere, for as long as any of them has more: none waits for the whole of another one. */
  async function planAll(): Promise<void> {
    const first = Math.floor(Math.random() * dueAlerts.shards);
    for (let hasMore = true; hasMore; ) {
      hasMore = false;
      for (let turn = 0; turn < dueAlerts.shards && !isClosing; turn++) {
        if (await planOne((first + turn) % dueAlerts.shards)) hasMore = true;
      }
    }
  }

  /** Whether there may be more. One shard that fails holds up no other. */
  async function planOne(shard: number): Promise<boolean> {
    try {
      return (await planDueAlerts(options, shard)) === MOST_AT_ONCE;
    } catch (err) {
      log.warn({ err, shard }, 'due alerts');
      return false;
    }
  }

  const timer = setInterval(() => {
    running ??= planAll().finally(() => {
      running = null;
    });
  }, intervalMs);
  return {
    async close() {
      isClosing = true;
      clearInterval(timer);
      await running;
    },
  };
}
