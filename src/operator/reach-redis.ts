import { pino } from 'pino';
import type { Config } from '../config.ts';
import { type Connections, createConnections } from '../platform/redis.ts';
import { listSocketPaths } from '../platform/redis-directory.ts';
import { probeRedis } from '../platform/redis-probe.ts';

/** A person waits at the terminal: a Redis that takes longer is as good as away. */
const READY_MS = 3_000;

/** Where the service's Redis is: REDIS_URL, else the private one of DATA_DIR that runs now. Null where none runs there. */
export async function findRedisUrl({ redis, dataDir }: Pick<Config, 'redis' | 'dataDir'>): Promise<string | null> {
  if (redis.url !== null) return redis.url;
  for (const path of await listSocketPaths(dataDir)) {
    if (typeof (await probeRedis(path)) === 'object') return `unix://${path}`;
  }
  return null;
}

/** Connections to that Redis once it answers; null when it does not, or is still loading. Close them. */
export async function reachRedis(url: string): Promise<Connections | null> {
  const connections = createConnections(url, pino({ level: 'silent' }));
  const redis = connections.open('commands');
  await connections.whenReady(READY_MS);
  const isThere = await redis.ping().then(
    () => true,
    () => false,
  );
  if (isThere) return connections;
  await connections.close();
  return null;
}
