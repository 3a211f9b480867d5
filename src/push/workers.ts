import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { PUSH_HELP_LANE_PAUSE_MAX_MS } from '../contract/limits.ts';
import { PROVIDERS, type PushJob, QUEUES } from '../platform/jobs.ts';
import { startWorker } from '../platform/queues.ts';
import { createAlertFacts } from '../store/alert-facts.ts';
import type { Keys } from '../store/keys.ts';
import { createPushSubscriptions } from '../store/push-subscriptions.ts';
import { createStatuses } from '../store/statuses.ts';
import { createPushClient } from './client.ts';
import { createComposer } from './compose.ts';
import { createPushProcessor } from './consumer.ts';
import { Lane, type LaneLimits, type LaneState } from './lane.ts';
import { createAllowList } from './providers.ts';
import { createSender, type PushMetrics } from './send.ts';
import { createVapidHeaders } from './vapid-headers.ts';
import type { Vapid } from './vapid-keys.ts';

/** Jobs worked on at once: a page each, of which a lane sends as many at once as it has slots. */
const CONCURRENCY = 8;

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
  /** For tests: shorter pauses. */
  laneLimits?: Partial<LaneLimits>;
}

/** Starts two lanes for each push provider, one of them for *help* alone: connections to push services too are either's own. */
export function startPushWorkers(options: Options): { close(): Promise<void> } {
  const { redis, keys, log, metrics, now, vapid, publicUrl, statusShards: shards, statusTtlSeconds } = options;
  const clients = { rest: createPushClient(options.deadlineMs), help: createPushClient(options.deadlineMs) };
  const statuses = createStatuses(redis, keys, { shards, ttlSeconds: statusTtlSeconds });
  const facts = createAlertFacts(redis, keys, statuses);
  const subscriptions = createPushSubscriptions(redis, keys);
  const headers = createVapidHeaders(vapid, () => now().getTime());
  const allowList = createAllowList(options.allowedHosts);
  const compose = createComposer({ facts, subscriptions, publicUrl, now });

  function start(name: string, kind: keyof typeof clients, connection: Redis, limits: Partial<LaneLimits>) {
    const send = createSender({ allowList, client: clients[kind], headers, log, metrics, now });
    const lane = new Lane({ now: () => performance.now(), onState, limits });
    const process = createPushProcessor({ compose, send, lane, subscriptions, statuses, metrics, log, now });
    const settings = { name, prefix: keys.queue(name), redis: connection, process, log };
    const of = kind === 'help' ? 'help' : 'fanout';
    const worker = startWorker<PushJob>({ ...settings, lane: of, concurrency: CONCURRENCY });
    metrics.setPushLane(name, lane.state);

    /** Jobs wait in their queue while the lane is paused; a probe needs one of them. */
    function onState(state: LaneState): void {
      metrics.setPushLane(name, state);
      if (state !== 'closed') log.warn({ lane: name, state }, 'push lane');
      worker.concurrency = state === 'half-open' ? 1 : CONCURRENCY;
      const turned = state === 'open' ? worker.pause(true) : worker.resume();
      turned.catch((err: unknown) => log.error({ err, lane: name }, 'push lane did not turn'));
    }

    return {
      async close() {
        lane.close();
        await worker.close();
      },
    };
  }

  const [rest, help] = [options.openWorkerConnection(), options.openWorkerConnection()];
  const helpLimits = { ...options.laneLimits, pauseMaxMs: PUSH_HELP_LANE_PAUSE_MAX_MS };
  const lanes = [
    ...PROVIDERS.map((provider) => start(QUEUES.pushHelp(provider), 'help', help, helpLimits)),
    ...PROVIDERS.map((provider) => start(QUEUES.push(provider), 'rest', rest, options.laneLimits ?? {})),
  ];
  return {
    /** Waits for the pushes in flight (at most the deadline), then lets the connections go. */
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
      await Promise.all([clients.rest.close(), clients.help.close()]);
    },
  };
}
