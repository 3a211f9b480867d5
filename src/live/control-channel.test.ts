import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CLOSE } from '../contract/frames.ts';
import { createBarrier } from '../testing/gateway-client.ts';
import { createWorld, type World } from '../testing/gateway-world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

it('closes all sockets of a session that ended, within a second, and no others', async () => {
  const running = await world.start();
  const other = await world.start();
  const mika = await world.person();
  const laptop = await world.sessions.create(mika.id, 'laptop', new Date());
  const circle = await world.circle(mika);
  const ended = [await world.follow(running, mika), await world.follow(running, mika), await world.follow(other, mika)];
  const staying = await world.follow(running, { ...mika, token: laptop.token });
  const before = performance.now();
  await world.sessions.end(mika.id, mika.session);
  expect(await Promise.all(ended.map(({ closed }) => closed))).toEqual(Array(3).fill(CLOSE.signedOut));
  expect(performance.now() - before).toBeLessThan(1_000);
  const [next = ''] = await world.publish(circle);
  await staying.at(circle, next);
  for (const client of ended) expect(client.of('status')).toEqual([]);
});

it('closes the sockets of each session of an erased person', async () => {
  const running = await world.start();
  const mika = await world.person();
  const laptop = await world.sessions.create(mika.id, 'laptop', new Date());
  const clients = [await world.follow(running, mika), await world.follow(running, { ...mika, token: laptop.token })];
  await world.sessions.endAll(mika.id);
  expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([CLOSE.signedOut, CLOSE.signedOut]);
});

it('turns a session away that ended between the handshake and hello', async () => {
  const barrier = createBarrier();
  const mika = await world.person();
  const running = await world.start({
    authenticate: async () => {
      await barrier.wait();
      return { person: mika.id, session: mika.session };
    },
  });
  const client = world.connect(running, mika);
  await barrier.reached;
  await world.sessions.end(mika.id, mika.session);
  barrier.release();
  expect(await client.closed).toBe(CLOSE.signedOut);
  expect(client.frames).toEqual([]);
});

it('tells of a circle that was joined before the first sync with that sync', async () => {
  const barrier = createBarrier();
  const [keeper, mika] = [await world.person(), await world.person()];
  const circle = await world.circle(keeper);
  const running = await world.start({
    data: (real) => ({
      ...real,
      async listCircles(person) {
        const circles = await real.listCircles(person);
        await barrier.wait();
        return circles;
      },
    }),
  });
  const client = world.connect(running, mika);
  await barrier.reached;
  await world.join(circle, mika);
  // The session's end is heard after the join: when the other socket closes, the join has been heard as well.
  const marker = await world.person();
  const heard = world.connect(running, marker);
  await expect.poll(() => running.gateway.stats().sockets).toBe(2);
  await world.sessions.end(marker.id, marker.session);
  await heard.closed;
  barrier.release();
  await client.sync();
  expect(client.of('board').map((board) => board.circle.id)).toEqual([circle]);
});

it.each(['', '{', 'null', '{"t":"joined"}', '{"t":"session-ended","session":1}'])('goes on after %j', async (message) => {
  const running = await world.start();
  const mika = await world.person();
  const client = await world.follow(running, mika);
  await world.redis.publish(world.keys.control, message);
  await world.sessions.end(mika.id, mika.session);
  expect(await client.closed).toBe(CLOSE.signedOut);
});
