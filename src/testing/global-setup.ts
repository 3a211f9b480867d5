import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEmbeddedRedis } from '../platform/embedded-redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Redis of this test run: `inject('redisUrl')`. All tests share it, so each uses a key prefix of its own. */
    redisUrl: string;
  }
}

/** Far more than the tests write, and little enough for a small machine. */
const maxMemoryBytes = 512 * 1024 * 1024;
const folderPrefix = 'buji-test-';

/**
 * One private Redis for a run of Vitest. Several projects name this file: the first starts it, the others are given the same
 * one, and as Vitest ends its projects in reverse order, the first also stops it, after all others.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const running = process.env['BUJI_TEST_REDIS_URL'];
  if (running) {
    project.provide('redisUrl', running);
    return undefined;
  }
  await stopLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), folderPrefix));
  writeFileSync(join(dataDir, 'pid'), String(process.pid));
  const redis = await startEmbeddedRedis({ dataDir, maxMemoryBytes, log: pino({ level: 'warn' }) });
  process.env['BUJI_TEST_REDIS_URL'] = redis.url;
  project.provide('redisUrl', redis.url);
  return async () => {
    delete process.env['BUJI_TEST_REDIS_URL'];
    await redis.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A test run that was killed leaves its Redis behind, which the next one finds, takes over, and stops. */
async function stopLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const dataDir = join(tmpdir(), name);
    const pid = readPid(dataDir);
    if (!pid || isRunning(pid)) continue;
    const start = startEmbeddedRedis({ dataDir, maxMemoryBytes, log: pino({ level: 'silent' }) });
    await start.then((redis) => redis.stop()).catch(() => undefined); // its data is of no use to anybody
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function readPid(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'pid'), 'utf8'));
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
