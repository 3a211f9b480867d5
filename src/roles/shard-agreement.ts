import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError } from '../config.ts';
import { AppError } from '../contract/app-error.ts';
import type { App } from '../http/app.ts';
import type { Connections } from '../platform/redis.ts';
import type { Shutdown } from '../platform/shutdown.ts';
import type { Keys } from '../store/keys.ts';
import { keepShardCount } from '../store/shard-count.ts';

export interface ShardAgreementOptions {
  connections: Connections;
  keys: Keys;
  /** How many queue shards this process is set to. */
  configured: number;
  shutdown: Shutdown;
}

/** That this process and its store have the same number of queue shards: where a status lies follows from it. */
export interface ShardAgreement {
  /**
   * Resolves once Redis has answered, however long it is away.
   * @throws ConfigError where the store has another number of shards, AbortError when we stop before
   */
  reached: Promise<void>;
  /** Whether it was reached in so many milliseconds. @throws as `reached`, in that time */
  isReachedWithin(ms: number): Promise<boolean>;
  /** Until it is reached, nothing goes in by this application (503): it would lie where nobody finds it. */
  guard(app: App): void;
}

/** Asks the store, and gives a new one our number. */
export function agreeOnShards({ connections, keys, configured, shutdown }: ShardAgreementOptions): ShardAgreement {
  let isReached = false;
  const reached = agree();
  // Whoever waits for it hears of it; that may be later.
  reached.catch(() => undefined);

  async function agree(): Promise<void> {
    let isStopping = false;
    shutdown.add('shard count', () => {
      isStopping = true;
    });
    const kept = await keepShardCount(connections.open('patient'), keys, configured).catch((error) => {
      if (isStopping) throw Object.assign(new Error('the service is stopping'), { name: 'AbortError' });
      throw error;
    });
    if (kept !== configured) {
      throw new ConfigError('QUEUE_SHARDS', `${kept}, the number that this store was begun with`, String(configured));
    }
    isReached = true;
  }

  return {
    reached,
    isReachedWithin: (ms) => Promise.race([reached.then(() => true), delay(ms, false, { ref: false })]),
    guard(app) {
      app.addHook('onRequest', async ({ method }) => {
        if (!isReached && method !== 'GET' && method !== 'HEAD') throw new AppError('unavailable');
      });
    },
  };
}
