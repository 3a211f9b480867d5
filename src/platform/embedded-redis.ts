import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { chooseRetryWait, type Waits } from '../contract/send-again.ts';
import { claimRedisDirectory } from './redis-directory.ts';
import {
  findRedisServer,
  lastLogLines,
  type RedisPlace,
  type RedisProcess,
  type RedisServerCommand,
  spawnRedisServer,
  stopRedisServer,
} from './redis-server.ts';
import { adviceOn, isAofBroken, takeOver, untilReady } from './redis-startup.ts';

/** `url` is what REDIS_URL could be: `unix://` and a path. `pid` changes when Redis is restarted. */
export type EmbeddedRedis = { readonly url: string; readonly pid: number; stop: () => Promise<void> };

/** `signal` calls off a start that is still under way: a Redis may load its data for minutes. */
export type EmbeddedRedisOptions = { dataDir: string; maxMemoryBytes: number; log: Logger; signal?: AbortSignal };

/**
 * Starts the private Redis of a Buji that was given no REDIS_URL, and keeps it running until `stop`. It resolves once Redis
 * answers with all its data. If an earlier run of ours crashed and left its Redis on this directory, that one is taken over
 * as it is. There are never two on one directory: it is locked, and who answers on its socket is asked first.
 * @throws {Error} if the directory is in use, no server is installed, or Redis does not come up: with the end of its log and
 *   what to do. Nothing is left running then.
 */
export async function startEmbeddedRedis({ dataDir, maxMemoryBytes, log, signal }: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const command = findRedisServer();
  const { dir, socketPath, release } = await claimRedisDirectory(dataDir);
  const keeper = new RedisKeeper(command, { dir, socketPath, maxMemoryBytes }, log);
  try {
    await keeper.boot(signal);
  } catch (error) {
    await keeper.stop();
    await release();
    throw error;
  }
  let stopped: Promise<void> | undefined;
  return {
    url: `unix://${socketPath}`,
    get pid() {
      return keeper.pid;
    },
    stop() {
      stopped ??= keeper.stop().then(release);
      return stopped;
    },
  };
}

/** What fails once at boot may be chance (memory, a slow disk); what fails three times is not, and a person must look. */
const maxBootAttempts = 3;
/** The first restart is nearly at once, and later ones are never further apart than a person would wait. */
const BACKOFF: Waits = { firstMs: 100, longestMs: 5_000 };
/** A Redis that ran for a minute did not fail because of how it was started. */
const stableAfterMs = 60_000;

/** Keeps one Redis process alive on its directory. */
class RedisKeeper {
  readonly #command: RedisServerCommand;
  readonly #place: RedisPlace;
  readonly #log: Logger;
  readonly #stopping = new AbortController();
  #server: RedisProcess | undefined;
  #watch: Promise<void> = Promise.resolve();

  constructor(command: RedisServerCommand, place: RedisPlace, log: Logger) {
    this.#command = command;
    this.#place = place;
    this.#log = log;
  }

  /** 0 while there is none, between its death and its restart. */
  get pid(): number {
    return this.#server?.pid ?? 0;
  }

  /** Takes over or launches, a few times at most: a start that cannot succeed must end with a reason, not loop. */
  async boot(signal: AbortSignal = this.#stopping.signal): Promise<void> {
    this.#server = await takeOver(this.#place, signal, this.#log);
    for (let attempt = 1; !this.#server; attempt++) {
      await this.#launch(signal).catch(async (err: unknown) => {
        signal.throwIfAborted();
        const lines = await lastLogLines(this.#place.dir);
        if (attempt === maxBootAttempts || isAofBroken(lines)) throw new Error(adviceOn(this.#place.dir, lines), { cause: err });
        await delay(chooseRetryWait(BACKOFF, attempt));
      });
    }
    this.#watch = this.#keepRunning(this.#server);
  }

  /** Ends Redis after its last write, and resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#server) await stopRedisServer(this.#server, this.#log);
    await this.#watch;
  }

  /** @throws {Error} if it does not come up; then it is gone. */
  async #launch(signal: AbortSignal): Promise<RedisProcess> {
    const server = await spawnRedisServer(this.#command, this.#place);
    this.#server = server;
    try {
      await untilReady(server, this.#place, signal, this.#log);
    } catch (error) {
      await stopRedisServer(server, this.#log);
      this.#server = undefined;
      throw error;
    }
    this.#log.info({ redisPid: server.pid, dir: this.#place.dir }, 'the private Redis is up');
    return server;
  }

  /** While we live there is no giving up: the service answers 503 meanwhile, and the log says every few seconds why. */
  async #keepRunning(first: RedisProcess): Promise<void> {
    let failures = 0;
    for (let server: RedisProcess | undefined = first; server; server = await this.#relaunch(failures)) {
      const upSince = Date.now();
      const reason = await server.exited;
      if (this.#stopping.signal.aborted) return;
      this.#server = undefined;
      failures = Date.now() - upSince > stableAfterMs ? 0 : failures + 1;
      this.#log.error(
        { redisPid: server.pid, reason, lastLines: await lastLogLines(this.#place.dir) },
        'Redis is down, restarting it',
      );
    }
  }

  /** Answers undefined if `stop` came first. */
  async #relaunch(failures: number): Promise<RedisProcess | undefined> {
    const { signal } = this.#stopping;
    for (let attempt = failures; !signal.aborted; attempt++) {
      await delay(chooseRetryWait(BACKOFF, attempt), undefined, { signal }).catch(() => undefined); // stop cuts the wait short
      if (signal.aborted) return;
      try {
        return await this.#launch(signal);
      } catch (err) {
        const lastLines = await lastLogLines(this.#place.dir);
        if (!signal.aborted) this.#log.error({ err, attempt, lastLines }, 'Redis did not come up, trying again');
      }
    }
  }
}
