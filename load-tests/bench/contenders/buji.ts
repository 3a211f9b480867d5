import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findFreePort } from '../../processes/free-port.ts';
import type { Shape, World } from '../lib/world.ts';
import { makeBujiWorld } from './buji-world.ts';
import { type Contender, type Running, Stack } from './contender.ts';

const root = new URL('../../../', import.meta.url).pathname;
const main = `${root}dist/server/main.js`;
/** Worlds that were made once: Redis' own files. 200,000 people take two minutes. */
const cache = `${root}.cache/bench-worlds`;

/** Buji as shipped, a process for each role. Rates are out of the way: the bench posts more than a person may. */
export const buji: Contender = {
  name: 'buji',
  dialect: 'buji',
  overtakes: true,
  start: (dir, shape) => startBuji(dir, shape, {}),
};

/** The same with some variables of its own. */
export async function startBuji(dir: string, shape: Shape, env: Record<string, string>): Promise<Running> {
  const saved = await findWorld(dir, shape);
  cpSync(saved, dir, { recursive: true });
  const world = JSON.parse(readFileSync(`${dir}/world.json`, 'utf8')) as World;
  const stack = new Stack(dir);
  await stack.startRedis();
  const postPort = await startRole(stack, 'web', env);
  const livePort = await startRole(stack, 'live', env);
  await startRole(stack, 'worker', env);
  return stack.running(world, postPort, livePort);
}

/** Stores a world of that shape in the cache, unless it is there: what the first start of a row would wait for. */
export async function prepareWorld(shape: Shape): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'buji-bench-world-'));
  try {
    await findWorld(dir, shape);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function findWorld(dir: string, shape: Shape): Promise<string> {
  const saved = `${cache}/${nameOf(shape)}`;
  if (!existsSync(saved)) await makeAndSave(dir, shape, saved);
  return saved;
}

async function startRole(stack: Stack, role: 'web' | 'live' | 'worker', own: Record<string, string>): Promise<number> {
  const port = await findFreePort();
  const env = {
    ROLES: role,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    DATA_DIR: stack.dir,
    LIMITS_SCALE: '1000000',
    LOG_LEVEL: 'warn',
  };
  await stack.startNode(role, main, { ...env, ...own }, port);
  return port;
}

async function makeAndSave(dir: string, shape: Shape, saved: string): Promise<void> {
  console.log(`bench: storing ${shape.groups * shape.members} people, once for this version of Buji's store`);
  const made = join(dir, 'made');
  mkdirSync(made);
  const stack = new Stack(made);
  await stack.startRedis();
  const world = await makeBujiWorld(`redis://127.0.0.1:${stack.redisPort}`, made, shape);
  await stack.stop();
  writeFileSync(`${made}/world.json`, JSON.stringify(world));
  for (const name of readdirSync(made)) if (name.endsWith('.log')) rmSync(join(made, name));
  mkdirSync(cache, { recursive: true });
  removeOlder(saved);
  cpSync(made, `${saved}.new`, { recursive: true });
  renameSync(`${saved}.new`, saved);
  rmSync(made, { recursive: true });
}

/** The same world of older versions of the store, which nobody will start again: 200,000 people take a gigabyte. */
function removeOlder(saved: string): void {
  const shape = basename(saved).slice(0, basename(saved).lastIndexOf('-') + 1);
  for (const name of readdirSync(cache)) if (name.startsWith(shape)) rmSync(join(cache, name), { recursive: true });
}

/** A world is good for as long as nothing changed in how Buji stores it. */
function nameOf({ groups, circlesEach, members }: Shape): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(`${root}src/operator/fill-people.ts`));
  for (const name of readdirSync(`${root}src/store`, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(ts|lua)$/.test(name) && !name.endsWith('.test.ts')) hash.update(readFileSync(`${root}src/store/${name}`));
  }
  return `${groups}x${circlesEach}x${members}-${hash.digest('hex').slice(0, 12)}`;
}
