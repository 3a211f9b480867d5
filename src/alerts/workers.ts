import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type AlertJob, QUEUES, type QueueSet, startWorker } from '../platform/queues.ts';
import { createAlerts } from '../store/alerts.ts';
import type { Keys } from '../store/keys.ts';
import type { StatusStore } from '../store/statuses.ts';
import { createAlertProcessor } from './consumer.ts';

/** One job reads a whole circle; a few at once keep Redis busy without holding a page of members for each circle in memory. */
const CONCURRENCY = 10;

interface Options {
  /** A `patient` connection. */
  redis: Redis;
  /** Opens a `worker` connection. */
  openWorkerConnection: () => Redis;
  queues: QueueSet;
  keys: Keys;
  statuses: Pick<StatusStore, 'read'>;
  log: Logger;
  now: () => Date;
}

/** Starts the consumers of `alerts` and, on a connection of its own, `alerts-help`. */
export function startAlertWorkers({ redis, openWorkerConnection, queues, keys, statuses, log, now }: Options): {
  close(): Promise<void>;
} {
  const process = createAlertProcessor({ alerts: createAlerts(redis, keys), statuses, queues, log, now });
  const workers = [QUEUES.alerts, QUEUES.alertsHelp].map((name) =>
    startWorker<AlertJob>({
      name,
      prefix: keys.queue(name),
      redis: openWorkerConnection(),
      concurrency: CONCURRENCY,
      process,
      log,
    }),
  );
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
