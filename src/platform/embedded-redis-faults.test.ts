import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open, readdir, readFile, rm, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startEmbeddedRedis } from './embedded-redis.ts';
import { askRedis, probeRedis } from './redis-probe.ts';

const log = pino({ level: 'silent' });
const maxMemoryBytes = 64 * 1024 * 1024;

async function start(dataDir: string) {
  const redis = await startEmbeddedRedis({ dataDir, maxMemoryBytes, log });
  onTestFinished(() => redis.stop());
  return redis;
}

const set = (url: string, value: string) => askRedis(url, (client) => client.set('key', value));
const get = (url: string) => askRedis(url, (client) => client.get('key'));

describe('a Buji that crashed', () => {
  /** The module as JavaScript, inside the repository where it finds its packages: the oldest supported Node runs no TypeScript. */
  let built: string;
  beforeAll(async () => {
    const root = join(import.meta.dirname, '../..');
    mkdirSync(join(root, '.cache'), { recursive: true });
    built = mkdtempSync(join(root, '.cache/embedded-redis-'));
    const ssr = join(import.meta.dirname, 'embedded-redis.ts');
    await build({ configFile: false, root, logLevel: 'error', build: { ssr, outDir: built } });
  });
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  /** Another Buji on this directory, as far as Redis goes: prints the process id of its Redis, or why there is none. */
  async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; answer: string }> {
    const program = `
      const { startEmbeddedRedis } = await import(process.argv[1]);
      const log = { info() {}, warn() {}, error() {} };
      await startEmbeddedRedis({ dataDir: process.argv[2], maxMemoryBytes: ${maxMemoryBytes}, log })
        .then((redis) => console.log(redis.pid), (error) => console.log(error.message));
      setInterval(() => {}, 1000);`;
    const args = ['--input-type=module', '-e', program, join(built, 'embedded-redis.js'), dataDir];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [answer] = await once(createInterface(child.stdout), 'line');
    return { child, answer };
  }

  async function crash(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  it('leaves its Redis running, and the next start takes that one over', async () => {
    const dataDir = makeTempDir();
    const { child, answer } = await startElsewhere(dataDir);
    const url = join(dataDir, 'redis/redis.sock');
    await set(url, 'written before the crash');
    await crash(child);

    const redis = await start(dataDir);
    expect(redis.pid).toBe(Number(answer));
    expect(await get(redis.url)).toBe('written before the crash');
  });

  it('has its Redis restarted and stopped by the one that took it over', async () => {
    const dataDir = makeTempDir();
    const { child, answer } = await startElsewhere(dataDir);
    await crash(child);
    const redis = await start(dataDir);
    await set(redis.url, 'kept');
    process.kill(Number(answer), 'SIGKILL');
    await waitFor(async () => (await get(redis.url)) === 'kept');
    await redis.stop();
    expect(await probeRedis(join(dataDir, 'redis/redis.sock'))).toBe('absent');
  });

  it('is followed by exactly one, however many start at once', async () => {
    const dataDir = makeTempDir();
    const { child, answer } = await startElsewhere(dataDir);
    await crash(child);

    const next = await Promise.all(Array.from({ length: 4 }, () => startElsewhere(dataDir)));
    const answers = next.map((other) => other.answer);
    expect(answers.filter((line) => line === answer)).toHaveLength(1);
    expect(answers.filter((line) => line.startsWith(`DATA_DIR ${dataDir} is in use by another Buji`))).toHaveLength(3);

    for (const other of next) await crash(other.child);
    await start(dataDir);
  });

  it.runIf(process.platform === 'linux')(
    'whose Redis lost its socket has that ended first: never two on one directory',
    async () => {
      const dataDir = makeTempDir();
      const { child, answer } = await startElsewhere(dataDir);
      const url = join(dataDir, 'redis/redis.sock');
      await set(url, 'kept');
      await crash(child);
      await unlink(url);

      const redis = await start(dataDir);
      expect(redis.pid).not.toBe(Number(answer));
      const commandLine = await readFile(`/proc/${answer}/cmdline`, 'utf8').catch(() => '');
      expect(commandLine).toBe(''); // gone, or a zombie that nobody has collected yet
      expect(await get(redis.url)).toBe('kept');
    },
  );
});

describe('an append-only file', () => {
  /** A stopped Redis with ten thousand writes, and the path of the file that holds them. */
  async function makeData(): Promise<{ dataDir: string; aof: string }> {
    const dataDir = makeTempDir();
    const redis = await start(dataDir);
    const script = "for i = 1, 10000 do redis.call('SET', 'key:' .. i, i) end";
    await askRedis(redis.url, async (client) => {
      await client.eval(script, 0);
      await client.set('key', 'last');
    });
    await redis.stop();
    const folder = join(dataDir, 'redis/appendonlydir');
    const name = (await readdir(folder)).find((entry) => entry.includes('.incr.'));
    return { dataDir, aof: join(folder, name ?? 'missing') };
  }

  it('that was cut off by a crash loads up to the cut', async () => {
    const { dataDir, aof } = await makeData();
    await truncate(aof, (await stat(aof)).size - 3); // in the middle of the last command
    const redis = await start(dataDir);
    expect(await get(redis.url)).toBeNull();
    expect(await askRedis(redis.url, (client) => client.dbsize())).toBe(10_000);
  });

  it('that is damaged in the middle stops the start at once, with the log and what to type', async () => {
    const { dataDir, aof } = await makeData();
    const file = await open(aof, 'r+');
    await file.write('not a command at all', 100_000);
    await file.close();

    const error: Error = await startEmbeddedRedis({ dataDir, maxMemoryBytes, log }).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error.message).toContain('Bad file format reading the append only file');
    expect(error.message).toContain(`redis-check-aof --fix '${dataDir}/redis/appendonlydir/appendonly.aof.manifest'`);
    expect(await probeRedis(join(dataDir, 'redis/redis.sock'))).toBe('absent');

    // Whoever gives the data up, or restores it, can start again: nothing of the failed start is in the way.
    await rm(join(dataDir, 'redis/appendonlydir'), { recursive: true });
    await start(dataDir);
  });
});
