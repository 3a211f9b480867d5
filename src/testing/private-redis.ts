import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedisServer } from '../platform/redis-server.ts';
import { waitFor } from './wait-for.ts';

/** A Redis that one test may hurt. */
export interface PrivateRedis {
  /** What goes into REDIS_URL. */
  url: string;
  /** It stops answering and keeps its connections, as behind a network that swallows everything. */
  freeze(): void;
  thaw(): void;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Starts it again on the same data and socket. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Safe settings; those of a test come after them. */
const SETTINGS = ['--port', '0', '--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory', '256mb'];

/** Starts a Redis of its own on a unix socket in a new directory, with `settings` such as `--maxmemory-policy`. */
export async function startPrivateRedis(settings: string[] = []): Promise<PrivateRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'buji-redis-'));
  const path = join(dir, 's');
  const { command, argv0 } = findRedisServer();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(command, [...SETTINGS, '--dir', dir, '--unixsocket', path, ...settings], { argv0, stdio: 'ignore' });
    await waitFor(() => ping(path), { timeoutMs: 30_000, describe: 'the private Redis to answer' });
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url: `unix://${path}`,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    kill,
    start,
    async remove() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** One connection to it, for a test that looks or meddles; the caller closes it. */
export function openRedis(url: string): Redis {
  return new Redis({ path: url.replace('unix://', '') });
}

async function ping(path: string): Promise<boolean> {
  const redis = new Redis({ path, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } finally {
    redis.disconnect();
  }
}
