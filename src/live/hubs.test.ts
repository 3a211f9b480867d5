import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

it('holds one subscription per circle, however many sockets, until the last one leaves', async () => {
  const running = await world.start();
  const [mika, aki] = [await world.person(), await world.person()];
  const circle = await world.circle(mika, aki);
  const channel = world.keys.circle.channel(circle);
  const clients = [await world.follow(running, mika), await world.follow(running, mika), await world.follow(running, aki)];
  expect(await world.redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
  const last = clients.pop();
  for (const client of clients) client.ws.close();
  await waitFor(() => running.gateway.stats().sockets === 1);
  const [next = ''] = await world.publish(circle);
  await last?.at(circle, next);
  last?.ws.close();
  await waitFor(async () => (await world.redis.pubsub('NUMSUB', channel))[1] === 0);
  expect(running.gateway.stats()).toEqual({ sockets: 0, circles: 0 });
});

it('survives sockets that come and go faster than subscriptions', async () => {
  const running = await world.start({ limits: { socketsPerSessionMax: 1_000 } });
  const mika = await world.person();
  const circle = await world.circle(mika);
  for (let round = 0; round < 40; round++) {
    const hasty = world.connect(running, mika);
    await hasty.hello();
    hasty.send({ t: 'sync', positions: {} });
    if (round % 2 === 0) hasty.ws.terminate();
    else hasty.ws.close();
  }
  const client = await world.follow(running, mika);
  const positions = await world.publish(circle, 5);
  await client.at(circle, positions[4] ?? '');
  expect(client.of('status')).toHaveLength(5);
  await waitFor(() => running.gateway.stats().sockets === 1);
  const [next = ''] = await world.publish(circle);
  await client.at(circle, next);
});
