import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { Connection, type ConnectionHost, type LiveSocket } from './connection.ts';
import { LIVE_LIMITS } from './live-limits.ts';
import { TickWriter } from './tick-writer.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

/** A connection of which only the bookkeeping is used. */
function createConnection(limits = {}): Connection {
  const nothing = () => undefined;
  const metrics = {
    observeDelivery: nothing,
    socketOpened: nothing,
    socketClosed: nothing,
    countSent: nothing,
    slowSocketClosed: nothing,
  };
  const host: ConnectionHost = { writer: new TickWriter(), limits: { ...LIVE_LIMITS, ...limits }, metrics, onClosed: nothing };
  return new Connection(host, {} as LiveSocket, {} as never, { person: 'p', session: 's' });
}

it('lets a client send a burst, and then no more than its rate', () => {
  const connection = createConnection({ frames: { points: 3, seconds: 3_600 } });
  expect([1, 2, 3, 4, 5].map(() => connection.mayReceive())).toEqual([true, true, true, false, false]);
});

it('runs what is done in turn one after the other, errors or not', async () => {
  const connection = createConnection();
  const order: number[] = [];
  const task = (index: number) =>
    connection.inTurn(async () => {
      order.push(index);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(index);
      if (index === 1) throw new Error('first fails');
    });
  const [first, second] = [task(1), task(2)];
  await expect(first).rejects.toThrow('first fails');
  await second;
  expect(order).toEqual([1, 1, 2, 2]);
});

it('delivers nothing once it is being closed, though the socket takes a while', async () => {
  const running = await world.start({ limits: { closeGraceMs: 5_000 } });
  const mika = await world.person();
  const circle = await world.circle(mika);
  const client = await world.follow(running, mika);
  const witness = await world.follow(running, { ...mika, token: (await world.sessions.create(mika.id, 'x', new Date())).token });
  client.ws.pause();
  await world.sessions.end(mika.id, mika.session);
  await waitFor(() => running.gateway.stats().sockets === 1);
  const [next = ''] = await world.publish(circle);
  await witness.at(circle, next);
  client.ws.resume();
  expect(await client.closed).toBe(4501);
  expect(client.of('status')).toEqual([]);
});
