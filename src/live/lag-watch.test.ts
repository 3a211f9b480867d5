import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

it('tells of lag while there is some, and once that it is over', async () => {
  let lag = 0;
  let asked = 0;
  const running = await world.start({
    limits: { lagPollMs: 10 },
    lagSeconds: async () => {
      asked += 1;
      if (lag < 0) throw new Error('Command timed out');
      return lag;
    },
  });
  const client = await world.follow(running, await world.person());
  const silent = world.connect(running, await world.person());
  await silent.hello();
  const askedTimes = async (times: number) => {
    const before = asked;
    await waitFor(() => asked >= before + times);
  };
  lag = 5;
  await askedTimes(3);
  expect(client.of('lag')).toEqual([]);
  lag = 7.4;
  await client.until(() => client.of('lag').length >= 2);
  expect(client.of('lag')[0]).toEqual({ t: 'lag', seconds: 7 });
  lag = -1;
  await askedTimes(2);
  lag = 0.2;
  await client.until(() => client.of('lag').at(-1)?.seconds === 0);
  const told = client.of('lag').length;
  await askedTimes(3);
  expect(client.of('lag')).toHaveLength(told);
  expect(silent.of('lag')).toEqual([]);
});

it('does not ask while nobody is there', async () => {
  let asked = 0;
  const running = await world.start({ limits: { lagPollMs: 1 }, lagSeconds: async () => ++asked });
  await waitFor(() => running.subscriber.status === 'ready');
  expect(asked).toBe(0);
});
