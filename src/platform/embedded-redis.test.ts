import { appendFile, copyFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { waitFor } from '../testing/wait-for.ts';
import { startEmbeddedRedis } from './embedded-redis.ts';
import { askRedis, probeRedis } from './redis-probe.ts';

const maxMemoryBytes = 64 * 1024 * 1024;

/** Starts one on a directory of its own, or on the given one, and stops it at the end of the test. */
async function start(dataDir = makeTempDir(), lines: string[] = []) {
  const log = pino({ level: 'info' }, { write: (line) => lines.push(line) });
  const redis = await startEmbeddedRedis({ dataDir, maxMemoryBytes, log });
  onTestFinished(() => redis.stop());
  const set = (value: string) => askRedis(redis.url, (client) => client.set('key', value));
  const get = () => askRedis(redis.url, (client) => client.get('key'));
  return { ...redis, redis, dataDir, lines, set, get };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('startEmbeddedRedis', () => {
  it('runs with the settings that the promises rest on', async () => {
    const { url } = await start();
    const settings = await askRedis(url, async (client) => {
      const names = ['appendonly', 'appendfsync', 'maxmemory', 'maxmemory-policy', 'save', 'port', 'aof-load-truncated'];
      return Object.fromEntries(await Promise.all(names.map(async (name) => (await client.config('GET', name)) as string[])));
    });
    expect(settings).toEqual({
      appendonly: 'yes',
      appendfsync: 'always',
      maxmemory: String(maxMemoryBytes),
      'maxmemory-policy': 'noeviction',
      save: '',
      port: '0',
      'aof-load-truncated': 'yes',
    });
  });

  it('keeps everything in a folder that only this user can enter', async () => {
    const { dataDir, url } = await start();
    expect((await stat(join(dataDir, 'redis'))).mode & 0o777).toBe(0o700);
    expect(url).toBe(`unix://${dataDir}/redis/redis.sock`);
    expect(await readdir(join(dataDir, 'redis'))).toContain('redis.log');
  });

  it('has the data again after stop and start', async () => {
    const first = await start();
    await first.set('still here');
    await first.redis.stop();
    const second = await start(first.dataDir);
    expect(await second.get()).toBe('still here');
  });

  it('restarts Redis when it is killed, with everything that was acknowledged', async () => {
    const { redis, set, get, lines } = await start();
    await set('acknowledged');
    const killed = redis.pid;
    process.kill(killed, 'SIGKILL');
    await waitFor(async () => (await get()) === 'acknowledged');
    expect(redis.pid).not.toBe(killed);
    expect(lines.join()).toContain('Redis is down, restarting it');
  });

  it('keeps trying while Redis does not come up, and stops in the middle of that', async () => {
    const { redis, dataDir, set, get, lines } = await start();
    await set('kept');
    const manifest = join(dataDir, 'redis/appendonlydir/appendonly.aof.manifest');
    await copyFile(manifest, join(dataDir, 'manifest'));
    await appendFile(manifest, 'garbage\n');
    process.kill(redis.pid, 'SIGKILL');
    await waitFor(() => lines.filter((line) => line.includes('did not come up')).length >= 2);
    await copyFile(join(dataDir, 'manifest'), manifest);
    expect(await waitFor(get)).toBe('kept');

    await appendFile(manifest, 'garbage\n');
    process.kill(redis.pid, 'SIGKILL');
    await waitFor(() => lines.filter((line) => line.includes('did not come up')).length >= 3);
    await redis.stop();
    expect(redis.pid).toBe(0);
  });

  it('resolves only once all data is loaded', async () => {
    const first = await start();
    await askRedis(first.url, (client) =>
      client.eval("for i = 1, 200000 do redis.call('SET', 'key:' .. i, i) end redis.call('SET', KEYS[1], 'last')", 1, 'key'),
    );
    await first.redis.stop();
    const second = await start(first.dataDir);
    expect(await second.get()).toBe('last'); // the connection makes no ready check: a loading Redis would answer -LOADING
  });

  it('leaves no process and no socket after stop, however often it is called', async () => {
    const { redis, dataDir } = await start();
    const { pid } = redis;
    await Promise.all([redis.stop(), redis.stop()]);
    expect(isRunning(pid)).toBe(false);
    expect(await probeRedis(join(dataDir, 'redis/redis.sock'))).toBe('absent');
    expect(await readdir(join(dataDir, 'redis'))).not.toContain('owner.sock');
  });

  it('refuses a directory that is in use, naming DATA_DIR, and leaves its Redis alone', async () => {
    const { dataDir, set, get } = await start();
    await set('mine');
    await expect(start(dataDir)).rejects.toThrow(`DATA_DIR ${dataDir} is in use by another Buji (process ${process.pid})`);
    expect(await get()).toBe('mine');
  });

  it('works where the path fits no socket and no URL, and cleans up there', async () => {
    const { redis, url, set, get } = await start(join(makeTempDir(), '無事'.repeat(30)));
    expect(url).toMatch(/^unix:\/\/\/tmp\/buji-\d+-[0-9a-f]{16}\/redis\.sock$/);
    await set('far away');
    expect(await get()).toBe('far away');
    await redis.stop();
    await expect(stat(dirname(new URL(url).pathname))).rejects.toThrow('ENOENT');
  });

  it('can be called off while it starts, and leaves nothing running', async () => {
    const dataDir = makeTempDir();
    const log = pino({ level: 'silent' });
    const started = startEmbeddedRedis({ dataDir, maxMemoryBytes, log, signal: AbortSignal.abort(new Error('called off')) });
    await expect(started).rejects.toThrow('called off');
    expect(await probeRedis(join(dataDir, 'redis/redis.sock'))).toBe('absent');
    await start(dataDir);
  });
});
