import { Redis } from 'ioredis';
import { findFreePort } from '../../processes/free-port.ts';
import type { Shape, World } from '../lib/world.ts';
import { KEYS } from '../rivals/accept/keys.ts';
import { type Contender, type Running, Stack, scriptPath } from './contender.ts';
import { hashToken, makeWorld } from './made-up-world.ts';

/** The straightforward program: one job per post, one publish and one `ws.send` per member. */
export const naive: Contender = {
  name: 'naive',
  dialect: 'plain',
  overtakes: true,
  start: (dir, shape) => startWith('naive', dir, shape),
};

/** What a Node developer reaches for: the same, with Socket.IO and its Redis streams adapter for the live part. */
export const socketio: Contender = {
  name: 'socket.io',
  dialect: 'socketio',
  overtakes: true,
  start: (dir, shape) => startWith('socketio', dir, shape),
};

async function startWith(rival: 'naive' | 'socketio', dir: string, shape: Shape): Promise<Running> {
  const stack = new Stack(dir);
  await stack.startRedis();
  const world = makeWorld(shape);
  await storeWorld(world, stack.redisPort);
  const [postPort, livePort] = [await findFreePort(), await findFreePort()];
  await stack.startNode('web', scriptPath('rivals/accept/web.ts'), { PORT: `${postPort}` }, postPort);
  await stack.startNode('worker', scriptPath(`rivals/${rival}/worker.ts`), {});
  await stack.startNode('live', scriptPath(`rivals/${rival}/live.ts`), { PORT: `${livePort}` }, livePort);
  return stack.running(world, postPort, livePort);
}

async function storeWorld({ people, circles }: World, port: number): Promise<void> {
  const redis = new Redis(port, '127.0.0.1', { protocol: 2 });
  const pipeline = redis.pipeline();
  for (const { id, token, circles: of } of people) {
    pipeline.set(KEYS.session(hashToken(token)), id);
    pipeline.sadd(KEYS.circlesOf(id), ...of.map((index) => circles[index]?.id ?? ''));
  }
  for (const { id, members } of circles) {
    const ids = members.map((index) => people[index]?.id ?? '');
    pipeline.hset(KEYS.members(id), Object.fromEntries(ids.map((person) => [person, memberOf(person)])));
  }
  await pipeline.exec();
  redis.disconnect();
}

function memberOf(id: string): string {
  return JSON.stringify({ id, nickname: 'さくら', avatar: { emoji: '🌸', colour: 'pink' }, role: 'member' });
}
