import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PrivateRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { makeTempDir } from '../testing/temp-dir.ts';
import type { Credentials } from './fill-people.ts';

const FILL = join(import.meta.dirname, '../../dist/server/fill-store.js');
const layout = { people: [{ nickname: '雪' }, { nickname: '海' }], circles: [{ kind: 'family', name: '家族', members: [0, 1] }] };
let server: PrivateRedis;
beforeAll(async () => {
  server = await startPrivateRedis();
});
afterAll(() => server.remove());

/** Runs the built program with the layout on its standard input. */
function fill(flags: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
  const all = { PATH: process.env['PATH'] ?? '', DATA_DIR: makeTempDir(), ...env };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [FILL, ...flags], { env: all }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
    child.stdin?.end(JSON.stringify(layout));
  });
}

it('fills an empty store once, and another time only for whoever says that it is theirs', async () => {
  const path = join(makeTempDir(), 'credentials.json');
  const first = await fill(['--statuses', '--credentials', path], { REDIS_URL: server.url });
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('2 people, 1 circles, 2 memberships, 2 statuses') });
  const { people } = JSON.parse(readFileSync(path, 'utf8')) as Credentials;
  expect(people.map(({ circles }) => circles.length)).toEqual([1, 1]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const again = await fill([], { REDIS_URL: server.url });
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining('--i-own-this-store') });
  expect((await fill(['--i-own-this-store'], { REDIS_URL: server.url })).code).toBe(0);
  const otherwise = await fill(['--i-own-this-store'], { REDIS_URL: server.url, QUEUE_SHARDS: '4' });
  expect(otherwise).toMatchObject({ code: 1, output: expect.stringContaining('QUEUE_SHARDS must be 1,') });
});

it('refuses a store with the keys of somebody else', async () => {
  const other = await fill([], { REDIS_URL: server.url, KEY_PREFIX: 'other:' });
  expect(other).toMatchObject({ code: 1, output: expect.stringContaining('do not begin with other:') });
});

it('starts the private Redis of a service that does not run, and leaves the people in it', async () => {
  const dataDir = makeTempDir();
  expect((await fill([], { DATA_DIR: dataDir })).code).toBe(0);
  expect((await fill([], { DATA_DIR: dataDir })).output).toContain('people live in this store already');
});
