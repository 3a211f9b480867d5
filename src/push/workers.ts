import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { PROVIDERS, type PushJob, QUEUES, startWorker } from '../platform/queues.ts';
import { createAlertFacts } from '../store/alert-facts.ts';
import type { Keys } from '../store/keys.ts';
import { createPushSubscriptions } from '../store/push-subscriptions.ts';
import { createStatuses } from '../store/statuses.ts';
import { createPushClient } from './client.ts';
import { createComposer } from './compose.ts';
import { createPushProcessor } from './consumer.ts';
import { createAllowList } from './providers.ts';
import { createSender, type PushMetrics } from './send.ts';
import { createVapidHeaders } from './vapid-headers.ts';
import type { Vapid } from './vapid-keys.ts';

/**
 * Pushes in flight to one provider. With answers after 100 ms that is 320 a second and worker, and a provider that only hangs
 * holds no more than its own 32.
 */
const CONCURRENCY = 32;
/** *help* is rare, and has these for itself. */
const HELP_CONCURRENCY = 16;

interface Options {
  /** A `patient` connection. */
  redis: Redis;
  /** Opens a `worker` connection. */
  openWorkerConnection: () => Redis;
  keys: Keys;
  log: Logger;
  metrics: PushMetrics;
  statusShards: number;
  statusTtlSeconds: number;
  publicUrl: string | null;
  vapid: Vapid;
  allowedHosts: readonly string[];
  now: () => Date;
  /** For tests: shorter than PUSH_DEADLINE_MS. */
  deadlineMs?: number;
}

/** Starts two lanes for each push provider, one of them for *help* alone. They share connections, lane by lane kind. */
export function startPushWorkers(options: Options): { close(): Promise<void> } {
  const { redis, keys, log, metrics, now, vapid, publicUrl, statusShards: shards, statusTtlSeconds } = options;
  const client = createPushClient(options.deadlineMs);
  const statuses = createStatuses(redis, keys, { shards, ttlSeconds: statusTtlSeconds });
  const facts = createAlertFacts(redis, keys, statuses);
  const subscriptions = createPushSubscriptions(redis, keys);
  const headers = createVapidHeaders(vapid, () => now().getTime());
  const send = createSender({ allowList: createAllowList(options.allowedHosts), client, headers, log, metrics, now });
  const compose = createComposer({ facts, subscriptions, publicUrl, now });
  const process = createPushProcessor({ compose, send, subscriptions, statuses, metrics, log, now });

  const start = (names: string[], concurrency: number) => {
    const connection = options.openWorkerConnection();
    return names.map((name) =>
      startWorker<PushJob>({ name, prefix: keys.queue(name), redis: connection, concurrency, process, log }),
    );
  };
  const workers = [...start(PROVIDERS.map(QUEUES.pushHelp), HELP_CONCURRENCY), ...start(PROVIDERS.map(QUEUES.push), CONCURRENCY)];
  return {
    /** Waits for the pushes in flight (at most the deadline), then lets the connections go. */
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await client.close();
    },
  };
}
