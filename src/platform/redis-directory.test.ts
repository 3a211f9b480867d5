import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { claimRedisDirectory, listSocketPaths } from './redis-directory.ts';

async function claim(dataDir: string) {
  const claimed = await claimRedisDirectory(dataDir);
  onTestFinished(claimed.release);
  return claimed;
}

const longName = 'a-directory-name-that-goes-on-and-on'.repeat(3);

it('makes the directory, for this user alone, also if it was open before', async () => {
  const dataDir = join(makeTempDir(), 'deep/data');
  await mkdir(join(dataDir, 'redis'), { recursive: true });
  await chmod(join(dataDir, 'redis'), 0o755);
  const { dir, socketPath } = await claim(dataDir);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect(socketPath).toBe(join(dir, 'redis.sock'));
});

it.each([longName, 'what?', 'a b', '無事'])('puts the sockets elsewhere where a path cannot hold them: %s', async (name) => {
  const { socketPath } = await claim(join(makeTempDir(), name));
  expect(socketPath).toMatch(/^\/tmp\/buji-/);
  expect((await stat(dirname(socketPath))).mode & 0o777).toBe(0o700);
});

it('refuses a folder for the sockets that others can enter', async () => {
  const dataDir = join(makeTempDir(), longName);
  const first = await claimRedisDirectory(dataDir);
  await first.release();
  const folder = dirname(first.socketPath);
  await mkdir(folder);
  await chmod(folder, 0o777);
  await expect(claimRedisDirectory(dataDir)).rejects.toThrow(`${folder} belongs to somebody else`);
  await chmod(folder, 0o700);
  await (await claimRedisDirectory(dataDir)).release();
});

it('refuses a directory that is claimed, by whatever path it is named', async () => {
  const dataDir = makeTempDir();
  await claim(dataDir);
  await expect(claimRedisDirectory(`${dataDir}/redis/..`)).rejects.toThrow(
    /^DATA_DIR .* is in use by another Buji \(process \d+\)/,
  );
});

it.each(['data', longName])('finds the sockets of a directory without claiming it: %s', async (name) => {
  const dataDir = join(makeTempDir(), name);
  expect(await listSocketPaths(dataDir)).toEqual([]);
  const { socketPath } = await claim(dataDir);
  expect(await listSocketPaths(dataDir)).toContain(socketPath);
});
