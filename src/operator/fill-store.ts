import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { startEmbeddedRedis } from '../platform/embedded-redis.ts';
import { readRedisMemory } from '../platform/redis-memory.ts';
import { createAlerts } from '../store/alerts.ts';
import { createKeys } from '../store/keys.ts';
import { findOccupancy } from '../store/occupancy.ts';
import { keepShardCount } from '../store/shard-count.ts';
import { createStores } from '../store/stores.ts';
import { fillPeople, fillStatuses, type Layout } from './fill-people.ts';
import { findRedisUrl, reachRedis } from './reach-redis.ts';

/** Redis on this machine: its own, or one that a socket or the loopback leads to. */
const NEAR = /^unix:\/\/|^rediss?:\/\/([^@/]*@)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/;

/**
 * `npm run seed` without the drawing: reads a layout (JSON) from standard input and makes it in the Redis of the service that
 * has this environment. Where no service runs on DATA_DIR, the private Redis is started for it and stopped again.
 * `--credentials <file>` writes ids and tokens of everybody, `--statuses` has each of them post an OK,
 * `--i-own-this-store` is needed for a Redis that is elsewhere, or holds people or anything else already.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      credentials: { type: 'string' },
      statuses: { type: 'boolean', default: false },
      'i-own-this-store': { type: 'boolean', default: false },
    },
  });
  const layout = JSON.parse(await text(process.stdin)) as Layout;
  const config = readConfig(process.env);
  const found = await findRedisUrl(config);
  const { dataDir } = config;
  const log = pino({ level: 'error' });
  const own = found === null ? await startEmbeddedRedis({ dataDir, maxMemoryBytes: config.redis.maxMemoryBytes, log }) : null;
  const connections = await reachRedis(own?.url ?? found ?? '');
  try {
    if (!connections) throw new Error('no Redis answers at REDIS_URL');
    const redis = connections.open('patient');
    if (!values['i-own-this-store']) await refuseWhatIsNotOurs(redis, found ?? '', config.redis.keyPrefix);
    const keys = createKeys(config.redis.keyPrefix);
    const { queueShards: shards, statusTtlSeconds } = config;
    const kept = await keepShardCount(redis, keys, shards);
    if (kept !== shards)
      throw new Error(`QUEUE_SHARDS must be ${kept}, the number that this store was begun with, not "${shards}"`);
    const stores = createStores({ redis, keys, runId: connections.runId, shards, statusTtlSeconds });
    const now = () => new Date();
    const before = await readRedisMemory(redis);
    const startedAt = Date.now();
    const made = await fillPeople(stores, layout, now);
    const statuses = values.statuses ? await fillStatuses({ ...stores, alerts: createAlerts(redis, keys) }, made, now) : 0;
    const seconds = (Date.now() - startedAt) / 1_000;
    if (values.credentials) writeFileSync(values.credentials, JSON.stringify(made), { mode: 0o600 });
    const memberships = layout.circles.reduce((sum, { members }) => sum + members.length, 0);
    const after = await readRedisMemory(redis);
    const used = ((after.usedBytes - before.usedBytes) / 1_048_576).toFixed(0);
    const share = after.usedBytes / after.maxBytes;
    const limit =
      share > 0.5 ? '% of its limit: raise it (REDIS_MAX_MEMORY_MB for the private one) before people post' : '% of its limit';
    const full = after.maxBytes === 0 ? 'no limit set' : `${(share * 100).toFixed(0)} ${limit}`;
    console.log(
      `buji: stored ${made.people.length} people, ${made.circles.length} circles, ${memberships} memberships, ${statuses} statuses ` +
        `in ${seconds.toFixed(1)} s; Redis holds ${used} MiB more, ${full}`,
    );
  } finally {
    await connections?.close();
    await own?.stop();
  }
}

/** @throws {Error} which says whose store this is, and what to type where that is right */
async function refuseWhatIsNotOurs(redis: Redis, url: string, prefix: string): Promise<void> {
  const occupancy = await findOccupancy(redis, prefix);
  const reasons = {
    empty: url === '' || NEAR.test(url) ? null : 'this Redis is on another machine',
    people: 'people live in this store already',
    foreign: `this Redis holds keys that do not begin with ${prefix}`,
  };
  const reason = reasons[occupancy];
  if (reason) throw new Error(`${reason}: nothing was written; only where all of it is yours, add --i-own-this-store`);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(`buji: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
