import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type AlertJob, type Lane, QUEUES } from '../platform/jobs.ts';
import { type QueueSet, startWorker } from '../platform/queues.ts';
import { createAlerts } from '../store/alerts.ts';
import type { DueAlertStore } from '../store/due-alerts.ts';
import type { Keys } from '../store/keys.ts';
import type { StatusStore } from '../store/statuses.ts';
import { createAlertProcessor } from './consumer.ts';
import { startDueAlerts } from './due-alerts.ts';

/** Alerts that failed, each in a job of its own (and those that a version before this one queued). */
const CONCURRENCY = 4;
/** *help* waits behind nothing. */
const HELP_CONCURRENCY = 10;

interface Options {
  /** A `patient` connection. */
  redis: Redis;
  /** Opens a `worker` connection. */
  openWorkerConnection: () => Redis;
  queues: QueueSet;
  keys: Keys;
  dueAlerts: DueAlertStore;
  statuses: Pick<StatusStore, 'read'>;
  log: Logger;
  now: () => Date;
  /** Whether statuses wait for their boards: digests then let them go first, and join what comes meanwhile. */
  isBehind: () => boolean;
}

/** Starts what plans circles' due alerts, and the consumers of `alerts` and, on a connection of its own, `alerts-help`. */
export function startAlertWorkers(options: Options): { close(): Promise<void> } {
  const { redis, openWorkerConnection, queues, keys, dueAlerts, statuses, log, now, isBehind } = options;
  const plan = createAlertProcessor({ alerts: createAlerts(redis, keys), dueAlerts, statuses, queues, log, now });

  function start(lane: Lane, name: string, concurrency: number) {
    return startWorker<AlertJob>({
      name,
      prefix: keys.queue(name),
      redis: openWorkerConnection(),
      concurrency,
      process: plan,
      lane,
      log,
    });
  }

  const planDue = (data: AlertJob) => plan({ data });
  const workers = [
    startDueAlerts({ dueAlerts, queues, plan: planDue, isBehind, log, now }),
    start('fanout', QUEUES.alerts, CONCURRENCY),
    start('help', QUEUES.alertsHelp, HELP_CONCURRENCY),
  ];
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
