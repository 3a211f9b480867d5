import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';
import { chooseRetryWait, type Waits } from '../contract/send-again.ts';
import { joinWrites } from './join-writes.ts';
import { redisOptionsFromUrl } from './redis-url.ts';

/** Longest a request may wait for one Redis command: with a second of slack it keeps the promise "503 within 2 s". */
const COMMAND_TIMEOUT_MS = 1_500;
/** Between tries of a connection that was lost: never further apart than a second, and not in step with the others. */
const RECONNECT: Waits = { firstMs: 50, longestMs: 1_000 };
/**
 * A connection that was silent for this long with commands in it is given up, so that what waits behind them fails at once:
 * a command that is auto-pipelined is only sent, and its own time only begins, when the pipeline before it was answered. Just
 * below the time of a command, so that nothing is ever waited for twice.
 */
const SILENCE_MS = 1_400;

/**
 * The same where nobody waits for an answer in person: such a connection has died without a word (a firewall forgot it, a machine
 * is gone), and without a limit what waits on it would wait until the system gives up, which takes a quarter of an hour. What was
 * not answered is sent again on the next one; every script may run twice. Far longer than a script, a fork or a slow disk takes,
 * and longer than a `worker` blocks (10 s is BullMQ's most). Nothing is counted while nothing is asked.
 */
const DEAD_AFTER_MS = { patient: 10_000, worker: 15_000 };

/**
 * The kinds of connection; each keeps its own promise about a Redis that is away.
 * - `commands`: fails at once while disconnected and after 1.5 s without an answer; requests become 503. Auto-pipelined: a
 *   third of the Redis time of single commands.
 * - `producer`: the same without auto-pipelining, which costs BullMQ a third of its speed (measured).
 * - `patient`: waits for as long as it takes; for workers, whose job is still theirs when Redis is back. Auto-pipelined.
 * - `worker`: what BullMQ workers need: no limit on retries, no command timeout, no auto-pipelining. What it writes in one turn
 *   goes out by one system call.
 * - `subscriber`: pub/sub only.
 */
export type ConnectionKind = 'commands' | 'producer' | 'patient' | 'worker' | 'subscriber';

const KINDS: Record<ConnectionKind, RedisOptions> = {
  commands: {
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
  },
  producer: {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
  },
  patient: { enableAutoPipelining: true, maxRetriesPerRequest: null, socketTimeout: DEAD_AFTER_MS.patient },
  worker: { maxRetriesPerRequest: null, socketTimeout: DEAD_AFTER_MS.worker },
  subscriber: { maxRetriesPerRequest: null, autoResubscribe: true },
};

export interface Connections {
  /** Opens a connection; the caller does not close it. @throws an AbortError once `close` was called */
  open(kind: ConnectionKind): Redis;
  /** Resolves once every connection is ready, at the latest after `limitMs`: with Redis away a service starts all the same, and says so. */
  whenReady(limitMs: number): Promise<void>;
  /** The `run_id` of the Redis server that answered last; it changes when Redis was restarted or failed over. */
  runId(): Promise<string>;
  /** Closes all, waiting for answers that are still due but not longer than a second. */
  close(): Promise<void>;
}

/** Opens connections to one Redis. Connection errors are logged once a second at most; every command reports its own. */
export function createConnections(url: string, log: Logger): Connections {
  const opened: Redis[] = [];
  let lastLogged = 0;
  let runId: Promise<string> | null = null;
  let closing = false;

  function open(kind: ConnectionKind): Redis {
    // A start that is called off ends here: a BullMQ worker on a connection that is closed for good would spin for ever.
    if (closing) throw Object.assign(new Error('the service is stopping'), { name: 'AbortError' });
    const options: RedisOptions & { replyMapping: 'legacy' } = {
      ...redisOptionsFromUrl(url),
      connectionName: `buji-${kind}`,
      connectTimeout: COMMAND_TIMEOUT_MS,
      retryStrategy: (attempt) => (closing ? null : chooseRetryWait(RECONNECT, attempt)),
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
      ...KINDS[kind],
      // RESP2: one shape for every reply, which is what BullMQ's and our scripts were written against.
      protocol: 2,
      replyMapping: 'legacy',
    };
    const redis = new Redis(options);
    redis.on('error', (err) => {
      if (closing || Date.now() - lastLogged < 1_000) return;
      lastLogged = Date.now();
      log.warn({ err, connection: kind }, 'redis connection');
    });
    // Any reconnection may have found another server, or the same one restarted.
    redis.on('close', () => {
      runId = null;
    });
    // `connect` comes with each new stream, also after a reconnection.
    if (kind === 'worker') redis.on('connect', () => joinWrites(redis.stream));
    opened.push(redis);
    return redis;
  }

  async function readRunId(): Promise<string> {
    // Any of those that are open, in their own way of failing or waiting: an outage must not open one more at each try.
    const able = opened.filter((redis) => redis.options.connectionName !== 'buji-subscriber');
    const server = able.find((redis) => redis.status === 'ready') ?? able[0] ?? open('patient');
    const info = await server.info('server');
    const found = /^run_id:([0-9a-f]+)/m.exec(info)?.[1];
    if (!found) throw new Error('INFO server has no run_id');
    return found;
  }

  return {
    open,
    async whenReady(limitMs) {
      const waiting = opened.filter(({ status }) => status !== 'ready');
      const ready = waiting.map((redis) => new Promise((resolve) => redis.once('ready', resolve)));
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise((resolve) => {
        timer = setTimeout(resolve, limitMs);
      });
      await Promise.race([Promise.all(ready), limit]);
      clearTimeout(timer);
    },
    runId() {
      runId ??= readRunId().catch((error) => {
        runId = null;
        throw error;
      });
      return runId;
    },
    async close() {
      closing = true;
      // What was asked for in this turn is sent at its end, by auto-pipelining: only then is it due.
      await new Promise(setImmediate);
      await Promise.all(
        opened.map((redis) =>
          Promise.race([redis.quit(), new Promise((resolve) => setTimeout(resolve, 1_000))])
            .catch(() => undefined)
            .finally(() => redis.disconnect()),
        ),
      );
    },
  };
}
