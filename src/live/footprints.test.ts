import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DELIVERY_NOTICES_WAITING_MAX } from '../contract/limits.ts';
import { formatControlMessage } from '../store/control-messages.ts';
import { createBarrier } from '../testing/gateway-client.ts';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

it('are passed on with who left them, and a refusal costs nobody the connection', async () => {
  const left: unknown[] = [];
  const running = await world.start({
    data: (real) => ({
      ...real,
      async leaveFootprints(...args) {
        left.push(args);
        throw new Error('busy');
      },
    }),
  });
  const mika = await world.person();
  const client = await world.follow(running, mika);
  const [circle, status] = [uuidv7(), uuidv7()];
  client.send({ t: 'footprints', circle, statuses: [status] });
  await waitFor(() => left.length > 0);
  expect(left).toEqual([[mika.id, circle, [status]]]);
  await client.sync();
});

it('are told to the author alone, on all sockets of theirs; one that asks for nothing else gets nothing else', async () => {
  const [author, reader, other] = [await world.person(), await world.person(), await world.person()];
  const circle = await world.circle(author, reader);
  const [status, withdrawn] = [uuidv7(), uuidv7()];
  const delivery = { boards: 1, alerted: 1, reached: 1, seen: 1 };
  const asked: string[] = [];
  const running = await world.start({
    data: (real) => ({
      ...real,
      async readDelivery(person, id) {
        asked.push(person);
        return id === status ? delivery : id === withdrawn ? 'withdrawn' : null;
      },
    }),
  });
  const whole = await world.follow(running, author);
  const watching = await world.follow(running, reader);
  const own = world.connect(running, author);
  await own.hello();
  own.send({ t: 'sync', positions: {}, own: true });
  await own.until(() => own.of('synced').length === 1);

  const notices = [withdrawn, status, uuidv7()].map((id) => ({ status: id, author: author.id, isHelp: false }));
  notices.push({ status, author: other.id, isHelp: false });
  await world.redis.publish(world.keys.control, formatControlMessage({ t: 'delivery', notices }));
  for (const client of [whole, own]) {
    await client.until(() => client.of('footprint').length > 0 && client.of('withdrawn').length > 0);
    expect(client.of('footprint')).toEqual([{ t: 'footprint', status, delivery }]);
    expect(client.of('withdrawn')).toEqual([{ t: 'withdrawn', status: withdrawn }]);
  }
  // Whoever is not here is not read for.
  expect(asked).toEqual([author.id, author.id, author.id]);

  await world.join(await world.circle(reader), author);
  const [next = ''] = await world.publish(circle);
  await Promise.all([whole.at(circle, next), watching.at(circle, next)]);
  await whole.until(() => whole.of('joined').length > 0);
  for (const kind of ['footprint', 'withdrawn'] as const) expect(watching.of(kind)).toEqual([]);
  expect(own.frames.map(({ t }) => t).sort()).toEqual(['footprint', 'hello', 'synced', 'withdrawn']);
});

it('a socket that wants its own only from now on is told nothing more of circles, until it asks again', async () => {
  const mika = await world.person();
  const circle = await world.circle(mika);
  const running = await world.start();
  const client = await world.follow(running, mika);
  const witness = await world.follow(running, mika);
  client.send({ t: 'sync', positions: {}, own: true });
  await client.until(() => client.of('synced').length === 2);
  const [unheard = ''] = await world.publish(circle);
  await witness.at(circle, unheard);
  expect(client.of('status')).toEqual([]);
  await client.sync({ [circle]: '' });
  await client.at(circle, unheard);
});

it('too many at once hold up nobody else, and cost no call for help its turn', async () => {
  const mika = await world.person();
  const barrier = createBarrier();
  const asked: string[] = [];
  const running = await world.start({
    data: (real) => ({
      ...real,
      async readDelivery(_, id) {
        asked.push(id);
        if (id.startsWith('ok')) await barrier.wait();
        return { boards: 1, alerted: 1, reached: 1, seen: 0 };
      },
    }),
  });
  const client = await world.follow(running, mika);
  const ids = Array.from({ length: DELIVERY_NOTICES_WAITING_MAX + 500 }, (_, index) => `ok${index}`);
  const notices = ids.map((status) => ({ status, author: mika.id, isHelp: false }));
  notices.push({ status: 'help', author: mika.id, isHelp: true });
  await world.redis.publish(world.keys.control, formatControlMessage({ t: 'delivery', notices }));
  await client.until(() => client.of('footprint').length > 0);
  expect(client.of('footprint')).toMatchObject([{ status: 'help' }]);
  const atOnce = asked.length - 1;
  expect(atOnce).toBeLessThan(20);
  // A board is read as ever.
  await world.circle(mika);
  await (await world.follow(running, mika)).sync();
  barrier.release();
  await client.until(() => client.of('footprint').length === 1 + atOnce + DELIVERY_NOTICES_WAITING_MAX);
  await client.sync();
  expect(asked).toHaveLength(1 + atOnce + DELIVERY_NOTICES_WAITING_MAX);
});
