import type { App } from '../http/app.ts';
import { healthRoutes } from '../http/health.ts';
import { PROVIDERS, QUEUES } from '../platform/jobs.ts';
import { createQueues } from '../platform/queues.ts';
import { readRedisMemory } from '../platform/redis-memory.ts';
import { checkRedisSafety } from '../platform/redis-safety.ts';
import { createDueAlerts } from '../store/due-alerts.ts';
import { createOutbox } from '../store/outbox.ts';
import type { Context } from './context.ts';

/** What every process answers to operators, whatever its roles: health and metrics. */
export async function registerOperations(
  app: App,
  { config, log, metrics, connections, keys, shutdown }: Context,
): Promise<void> {
  const redis = connections.open('commands');
  // At the start, and whenever another server may have taken its place.
  redis.on('ready', () => void warnOfDangers());
  const queues = createQueues(connections.open('producer'), keys.queue, log);
  shutdown.add('queue readers', () => queues.close());
  const outbox = createOutbox(redis, keys);
  const dueAlerts = createDueAlerts(redis, keys, { shards: config.queueShards });
  const shards = [...Array(config.queueShards).keys()];
  const names = [
    ...shards.map(QUEUES.fanout),
    QUEUES.help,
    QUEUES.alerts,
    QUEUES.alertsHelp,
    QUEUES.chores,
    ...PROVIDERS.flatMap((provider) => [QUEUES.push(provider), QUEUES.pushHelp(provider)]),
  ];

  async function collect() {
    const [memory, oldestUnfannedSeconds, parked, due, depths] = await Promise.all([
      readRedisMemory(redis),
      outbox.oldestAgeSeconds(shards.length),
      Promise.all(shards.map((shard) => outbox.countParked(shard))),
      dueAlerts.count(),
      Promise.all(names.map((name) => queues.get(name).getJobCountByTypes('waiting', 'delayed', 'prioritized'))),
    ]);
    return {
      oldestUnfannedSeconds,
      // Alerts that wait for their time need no job.
      queueDepths: Object.fromEntries(
        names.map((name, index) => [name, (depths[index] ?? 0) + (name === QUEUES.alerts ? due : 0)]),
      ),
      batchesParked: parked.reduce((sum, count) => sum + count, 0),
      memoryBytes: memory.usedBytes,
      maxMemoryBytes: memory.maxBytes,
    };
  }

  async function warnOfDangers(): Promise<void> {
    const { problems } = await checkRedisSafety(redis);
    for (const problem of problems) log.warn({ problem }, 'Redis');
  }

  await app.register(healthRoutes, {
    operatorToken: config.operatorToken,
    scrape: () => metrics.scrape(collect),
    async checkReady() {
      const { safe, problems } = await checkRedisSafety(redis);
      return { ready: safe, problems };
    },
  });
}
