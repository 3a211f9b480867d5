import { connect } from 'node:net';
import { Redis } from 'ioredis';

export type RedisSighting = { pid: number; dir: string; version: string; isLoading: boolean; loadedPercent: number };

/** A healthy Redis answers in well under a millisecond; while it forks or its disk stalls it may take seconds. */
const answerWithinMs = 5_000;

/**
 * Who answers on a unix socket: a Redis (also while it loads), `'absent'` if nobody listens, `'mute'` if somebody listens
 * but gives no proper answer in time.
 */
export async function probeRedis(socketPath: string): Promise<RedisSighting | 'absent' | 'mute'> {
  if (!(await isListening(socketPath))) return 'absent';
  return askRedis(socketPath, async (redis) => {
    const info = await redis.info();
    const [, dir = ''] = (await redis.config('GET', 'dir')) as string[];
    return {
      pid: Number(field(info, 'process_id')),
      dir,
      version: field(info, 'redis_version'),
      isLoading: field(info, 'loading') === '1',
      loadedPercent: Math.round(Number(field(info, 'loading_loaded_perc') || 0)),
    };
  }).catch(() => 'mute' as const);
}

/**
 * Runs a few commands on a connection of their own, which never retries.
 * @throws what a command throws, or when there is no answer in time.
 */
export async function askRedis<T>(socketPath: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(socketPath, {
    lazyConnect: true,
    enableReadyCheck: false, // it would wait until the data is loaded
    retryStrategy: () => null,
    connectTimeout: answerWithinMs,
    commandTimeout: answerWithinMs,
  });
  redis.on('error', () => undefined); // each command reports it
  try {
    await redis.connect();
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}

function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
    // Any other error (EAGAIN: its queue of connections is full) means that somebody is there.
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ENOENT' && error.code !== 'ECONNREFUSED'));
  });
}

function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
}
