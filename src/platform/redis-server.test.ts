import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import {
  findOrphan,
  findRedisServer,
  lastLogLines,
  redisLogPath,
  spawnRedisServer,
  stopRedisServer,
  watchRedisProcess,
} from './redis-server.ts';

const log = pino({ level: 'silent' });

describe('a server process', () => {
  async function spawnIn(dir: string, socketPath = join(dir, 'redis.sock')) {
    const server = await spawnRedisServer(findRedisServer(), { dir, socketPath, maxMemoryBytes: 0 });
    onTestFinished(() => stopRedisServer(server, log));
    return server;
  }

  it('ends when asked to, and says how', async () => {
    const server = await spawnIn(makeTempDir());
    await stopRedisServer(server, log);
    expect(server.hasExited()).toBe(true);
    expect(await server.exited).toMatch(/^(exited with 0|ended by SIGTERM)$/);
  });

  it('that does not come up leaves the reason in the log', async () => {
    const dir = makeTempDir();
    const server = await spawnIn(dir, join(dir, 'missing/redis.sock'));
    expect(await server.exited).toBe('exited with 1');
    expect(await lastLogLines(dir)).toMatch(/opening Unix socket/i);
  });

  it('has its log rotated when that grew long', async () => {
    const dir = makeTempDir();
    await writeFile(redisLogPath(dir), 'x'.repeat(5 * 1024 * 1024));
    await spawnIn(dir);
    expect((await readFile(redisLogPath(dir))).length).toBeLessThan(100_000);
    expect((await readFile(`${redisLogPath(dir)}.1`)).length).toBe(5 * 1024 * 1024);
  });

  it('of somebody else can be watched, too', async () => {
    const child = spawn('sleep', ['60']);
    const server = watchRedisProcess(child.pid ?? 0);
    expect(server.hasExited()).toBe(false);
    await stopRedisServer(server, log);
    expect(child.signalCode).toBe('SIGTERM');
  });
});

describe('findOrphan', () => {
  it('believes a pid file only if that process works in this directory', async () => {
    const dir = makeTempDir();
    expect(await findOrphan(dir)).toBeUndefined();
    const child = spawn('sleep', ['60'], { cwd: makeTempDir() });
    onTestFinished(() => void child.kill());
    await writeFile(join(dir, 'redis.pid'), `${child.pid}\n`);
    expect(await findOrphan(dir)).toBeUndefined();
  });
});
