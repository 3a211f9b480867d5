import { findFreePort } from '../../processes/free-port.ts';
import { type Contender, Stack, scriptPath } from './contender.ts';
import { makeWorld, saveWorld } from './made-up-world.ts';

/** The limit: Node, Redis and `ws` with nothing in between. It promises nothing but that the post is on disk. */
export const floor: Contender = {
  name: 'floor',
  dialect: 'plain',
  async start(dir, shape) {
    const stack = new Stack(dir);
    await stack.startRedis();
    const world = makeWorld(shape);
    const env = { WORLD: saveWorld(world, dir) };
    const [postPort, livePort] = [await findFreePort(), await findFreePort()];
    await stack.startNode('web', scriptPath('rivals/floor/web.ts'), { ...env, PORT: `${postPort}` }, postPort);
    await stack.startNode('live', scriptPath('rivals/floor/live.ts'), { ...env, PORT: `${livePort}` }, livePort);
    return stack.running(world, postPort, livePort);
  },
};
