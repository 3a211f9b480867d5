import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createBarrier, type LiveClient } from '../testing/gateway-client.ts';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

const statusSeqs = (client: LiveClient, circle: string) =>
  client.of('status', circle).map(({ position }) => Number(position.split('-')[1]));

describe('a lost subscriber connection', () => {
  it('loses no event, and nobody is told twice', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circles = [await world.circle(keeper, mika), await world.circle(keeper, mika), await world.circle(keeper)];
    const running = await world.start({ reconnectMs: null });
    const clients = [await world.follow(running, keeper), await world.follow(running, mika)];
    await world.killSubscriber(running);
    const missed = await Promise.all(circles.map((circle) => world.publish(circle, 30)));
    expect(clients[0]?.of('status')).toEqual([]);
    await world.reconnect(running);
    const more = await Promise.all(circles.map((circle) => world.publish(circle, 30)));
    for (const [index, circle] of circles.entries()) {
      for (const client of index < 2 ? clients : clients.slice(0, 1)) {
        await client.at(circle, more[index]?.at(-1) ?? '');
        expect(client.of('status', circle).map(({ position }) => position)).toEqual([
          ...(missed[index] ?? []),
          ...(more[index] ?? []),
        ]);
        expect(client.of('board', circle)).toHaveLength(1);
        expect(client.holes).toEqual([]);
      }
    }
  });

  it('cuts whoever was removed meanwhile, before anything is delivered', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const [circle, other] = [await world.circle(keeper, mika), await world.circle(keeper, mika)];
    const running = await world.start({ reconnectMs: null });
    const [staying, removed] = [await world.follow(running, keeper), await world.follow(running, mika)];
    await world.killSubscriber(running);
    await world.publish(circle);
    await world.leave(circle, mika);
    const [secret = ''] = await world.publish(circle);
    await world.reconnect(running);
    await staying.at(circle, secret);
    const [mark = ''] = await world.publish(other);
    await removed.at(other, mark);
    expect(removed.of('left')).toEqual([{ t: 'left', circle }]);
    expect(removed.of('status', circle)).toEqual([]);
    expect(removed.of('member', circle)).toEqual([]);
  });

  it('lets whoever was removed and came back meanwhile begin anew', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const running = await world.start({ reconnectMs: null });
    const [staying, client] = [await world.follow(running, keeper), await world.follow(running, mika)];
    await world.killSubscriber(running);
    await world.leave(circle, mika);
    const [secret = ''] = await world.publish(circle);
    await world.join(circle, mika);
    await world.reconnect(running);
    const [next = ''] = await world.publish(circle);
    await staying.at(circle, next);
    await client.at(circle, next);
    expect(client.of('status').map(({ position }) => position)).not.toContain(secret);
    expect(staying.of('status').map(({ position }) => position)).toContain(secret);
    const [last = ''] = await world.publish(circle);
    await client.at(circle, last);
    expect(client.holes).toEqual([]);
  });

  it('closes sessions that ended meanwhile, and tells of circles joined meanwhile', async () => {
    const [keeper, mika, aki] = [await world.person(), await world.person(), await world.person()];
    const circle = await world.circle(keeper);
    const running = await world.start({ reconnectMs: null });
    const [signedOut, joining] = [await world.follow(running, mika), await world.follow(running, aki)];
    await world.killSubscriber(running);
    await world.sessions.end(mika.id, mika.session);
    await world.join(circle, aki);
    await world.reconnect(running);
    expect(await signedOut.closed).toBe(4501);
    await joining.until(() => joining.of('board', circle).length > 0, 'board');
    expect(joining.of('joined')).toEqual([{ t: 'joined', circle }]);
  });

  it('survives being lost again and again while it is being repaired', async () => {
    const mika = await world.person();
    const circles = await Promise.all(Array.from({ length: 20 }, () => world.circle(mika)));
    const running = await world.start({ reconnectMs: 5 });
    const client = await world.follow(running, mika);
    let isOver = false;
    const publishing = (async () => {
      while (!isOver) await Promise.all(circles.map((circle) => world.publish(circle, 2)));
    })();
    for (let round = 0; round < 8; round++) {
      await waitFor(() => running.subscriber.status === 'ready');
      await world.killSubscriber(running);
    }
    isOver = true;
    await publishing;
    const lasts = await Promise.all(circles.map((circle) => world.publish(circle)));
    for (const [index, circle] of circles.entries()) await client.at(circle, lasts[index]?.[0] ?? '');
    expect(client.holes).toEqual([]);
    expect(client.of('board')).toHaveLength(20);
  });

  it('lets a client sync meanwhile, and misses nothing of it', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const running = await world.start({ reconnectMs: null });
    const keepsHub = await world.follow(running, mika);
    await world.killSubscriber(running);
    await world.publish(circle, 2);
    const client = await world.follow(running, mika);
    expect(client.heads.get(circle)).toBe(3);
    const missed = await world.publish(circle, 3);
    await world.reconnect(running);
    await client.at(circle, missed[2] ?? '');
    await keepsHub.at(circle, missed[2] ?? '');
    expect(statusSeqs(client, circle)).toEqual([4, 5, 6]);
    expect(statusSeqs(keepsHub, circle)).toEqual([2, 3, 4, 5, 6]);
  });

  it('makes worthless what was read of a circle before it', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const barrier = createBarrier();
    const running = await world.start({
      reconnectMs: null,
      data: (real) => ({
        ...real,
        async readBoard(...args) {
          const board = await real.readBoard(...args);
          await barrier.wait();
          return board;
        },
      }),
    });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    await barrier.reached;
    await world.killSubscriber(running);
    const [missed = ''] = await world.publish(circle);
    await world.reconnect(running);
    const channel = world.keys.circle.channel(circle);
    await waitFor(async () => (await world.redis.pubsub('NUMSUB', channel))[1] === 1);
    // Answers come in order: after this one the gateway has heard the confirmations, too.
    await running.subscriber.ping();
    barrier.release();
    await client.at(circle, missed);
    expect(client.of('board')).toHaveLength(1);
  });
});
