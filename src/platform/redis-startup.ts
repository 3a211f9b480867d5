import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { askRedis, probeRedis } from './redis-probe.ts';
import {
  findOrphan,
  type RedisPlace,
  type RedisProcess,
  redisLogPath,
  stopRedisServer,
  watchRedisProcess,
} from './redis-server.ts';

const readyPollMs = 20;
/** Whoever watches the log of a start that loads for minutes should see that it moves. */
const waitingLogEveryMs = 5_000;
/** One that listens and gives no answer for this long hangs (a dead disk, a stopped process): a person must look. */
const muteLimitMs = 30_000;

/**
 * Waits until this very process answers with all its data; while it still loads, for as long as that takes.
 * @throws {Error} if it ends before, or with the signal's reason.
 */
export async function untilReady(server: RedisProcess, place: RedisPlace, signal: AbortSignal, log: Logger): Promise<void> {
  let lastLogged = Date.now();
  for (;;) {
    const seen = await probeRedis(place.socketPath);
    if (server.hasExited()) throw new Error(`Redis ${await server.exited} before it was ready`);
    signal.throwIfAborted();
    const isOurs = typeof seen === 'object' && seen.pid === server.pid;
    if (isOurs && !seen.isLoading) return;
    if (Date.now() - lastLogged > waitingLogEveryMs) {
      lastLogged = Date.now();
      const loadedPercent = isOurs ? seen.loadedPercent : undefined;
      log.info(
        { redisPid: server.pid, loadedPercent },
        isOurs ? 'Redis is loading its data, waiting' : 'Redis does not answer yet, waiting',
      );
    }
    await delay(readyPollMs);
  }
}

/**
 * Takes over the Redis that an earlier run of ours left on this directory, or answers undefined if there is none. Its
 * settings are brought up to date: they may have changed between the two runs.
 * @throws {Error} if somebody else listens on our socket, or ours hangs.
 */
export async function takeOver(place: RedisPlace, signal: AbortSignal, log: Logger): Promise<RedisProcess | undefined> {
  const seen = await probePatiently(place.socketPath, signal);
  if (seen === 'absent') return endOrphan(place, log);
  if (seen === 'mute') throw new Error(`a process listens on ${place.socketPath} and does not answer: end it and start again`);
  if (seen.dir !== place.dir)
    throw new Error(`process ${seen.pid}, a Redis on ${seen.dir}, listens on ${place.socketPath}: end it`);

  const server = watchRedisProcess(seen.pid);
  try {
    await untilReady(server, place, signal, log);
    await askRedis(place.socketPath, (redis) => redis.config('SET', 'maxmemory', place.maxMemoryBytes));
  } catch (err) {
    signal.throwIfAborted();
    log.warn({ err, redisPid: seen.pid }, 'the Redis of an earlier run ended while it was taken over');
    await stopRedisServer(server, log);
    return undefined;
  }
  log.warn({ redisPid: seen.pid, dir: place.dir }, 'took over the Redis that an earlier run left running');
  return server;
}

async function probePatiently(socketPath: string, signal: AbortSignal): ReturnType<typeof probeRedis> {
  const deadline = Date.now() + muteLimitMs;
  for (;;) {
    const seen = await probeRedis(socketPath);
    if (seen !== 'mute' || Date.now() > deadline) return seen;
    signal.throwIfAborted();
    await delay(readyPollMs);
  }
}

/** A Redis that works here but cannot be reached any more: two on one directory would destroy the data, so it ends first. */
async function endOrphan({ dir }: RedisPlace, log: Logger): Promise<undefined> {
  const pid = await findOrphan(dir);
  if (!pid) return;
  log.warn({ redisPid: pid, dir }, 'ending a Redis of an earlier run that lost its socket');
  await stopRedisServer(watchRedisProcess(pid), log);
}

/** Whether the log says that the data cannot be read: trying again would only read it again. */
export function isAofBroken(logLines: string): boolean {
  return /bad file format|unexpected end of file|redis-check-aof|valkey-check-aof/i.test(logLines);
}

/** What a person needs when Redis does not come up: the end of its log, and what to type. */
export function adviceOn(dir: string, logLines: string): string {
  const start = `The private Redis does not start. The end of its log (${redisLogPath(dir)}):\n\n${logLines}\n\n`;
  if (!isAofBroken(logLines)) return `${start}Remove what it complains about, or set REDIS_URL to use another Redis.`;
  const manifest = join(dir, 'appendonlydir/appendonly.aof.manifest');
  const aof = existsSync(manifest) ? manifest : join(dir, 'appendonly.aof');
  return (
    `${start}Its append-only file is damaged. Restore a backup, or cut the file off at the damage, which loses all that was\n` +
    `written after it. Make a copy first:\n\n  cp -a '${dir}' '${dir}.damaged'\n  redis-check-aof --fix '${aof}'`
  );
}
