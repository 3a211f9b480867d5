import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { createQueues } from '../platform/queues.ts';
import { createDueAlerts } from '../store/due-alerts.ts';
import { createKeys } from '../store/keys.ts';
import { createReached } from '../store/reached.ts';
import { readShardCount } from '../store/shard-count.ts';
import { createStatuses } from '../store/statuses.ts';
import { createTraces } from '../store/traces.ts';
import { describeTrace } from './describe-trace.ts';
import { findRedisUrl, reachRedis } from './reach-redis.ts';
import { traceStatus } from './trace-status.ts';

const USAGE = `npm run trace -- <status id>

Says where a status is now, in the Redis of the service that has this environment (REDIS_URL, or the private one in DATA_DIR):
accepted, queued, on which boards, alerted. It prints ids, times and counts, and no word that anybody wrote.
Exit code: 0 found, 1 no such status, 2 Redis cannot be reached.`;
const EXIT = { found: 0, unknown: 1, unreachable: 2 };
const STATUS_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `npm run trace`: prints where a status is. @returns the exit code */
async function main([word = '--help']: string[]): Promise<number> {
  const id = word.toLowerCase();
  if (!STATUS_ID.test(id)) {
    const isAsked = word === '--help' || word === '-h';
    console.log(isAsked ? USAGE : `buji: a status id is a UUID such as 0190c0de-0000-7000-8000-000000000000\n\n${USAGE}`);
    return isAsked ? EXIT.found : EXIT.unknown;
  }
  const config = readConfig(process.env);
  const url = await findRedisUrl(config);
  const connections = url === null ? null : await reachRedis(url);
  if (!connections) {
    const where = config.redis.url === null ? `in ${config.dataDir}: is the service running?` : 'at REDIS_URL';
    console.error(`buji: no Redis answers ${where}`);
    return EXIT.unreachable;
  }
  const redis = connections.open('commands');
  const queueRedis = connections.open('producer');
  await connections.whenReady(1_000);
  const keys = createKeys(config.redis.keyPrefix);
  const queues = createQueues(queueRedis, keys.queue, pino({ level: 'silent' }));
  const { statusTtlSeconds: ttlSeconds } = config;
  try {
    const shards = (await readShardCount(redis, keys)) ?? config.queueShards;
    const statuses = createStatuses(redis, keys, { shards, ttlSeconds });
    const dueAlerts = createDueAlerts(redis, keys, { shards });
    const trace = await traceStatus(id, {
      statuses,
      reached: createReached(redis, keys, { shards }),
      traces: createTraces(redis, keys),
      dueAlerts,
      queues,
    });
    if (!trace) {
      console.log(`status    ${id}\nunknown   never accepted here, expired, or erased with its author`);
      return EXIT.unknown;
    }
    console.log(describeTrace(trace, Date.now()).join('\n'));
    return EXIT.found;
  } finally {
    await queues.close();
    await connections.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`buji: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(EXIT.unreachable);
  },
);
