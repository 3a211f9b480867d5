import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CLOSE } from '../contract/frames.ts';
import { createBarrier } from '../testing/gateway-client.ts';
import { createWorld, type GatewayOptions, type World } from '../testing/gateway-world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

/** Holds the answer of the first board read until it is let go: what happens meanwhile comes after the snapshot. */
function holdFirstBoard() {
  const barrier = createBarrier();
  let isFirst = true;
  const data: GatewayOptions['data'] = (real) => ({
    ...real,
    async readBoard(person, circle) {
      const board = await real.readBoard(person, circle);
      if (isFirst) {
        isFirst = false;
        await barrier.wait();
      }
      return board;
    },
  });
  return { barrier, data };
}

describe('subscribe, snapshot, live', () => {
  it('leaves no hole while many events are published', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person()));
    const [first, ...others] = people;
    if (!first) throw new Error('nobody');
    const circles = [await world.circle(first, ...others), await world.circle(first, ...others)];
    const running = await world.start();
    let isPublishing = true;
    const publishing = circles.map(async (circle) => {
      let last = '';
      for (let round = 0; isPublishing || round < 20; round++) last = (await world.publish(circle, 25)).at(-1) ?? '';
      return last;
    });
    const clients = [];
    for (const somebody of [...people, ...people]) clients.push(await world.follow(running, somebody));
    isPublishing = false;
    const lasts = await Promise.all(publishing);
    for (const client of clients) {
      for (const [index, circle] of circles.entries()) await client.at(circle, lasts[index] ?? '');
      expect(client.holes).toEqual([]);
    }
  });

  it('keeps events back while the board is being read, and drops those the board holds', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const { barrier, data } = holdFirstBoard();
    const running = await world.start({ data });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    await barrier.reached;
    const during = await world.publish(circle, 3);
    // A second socket is told of them at once: it stands behind nobody.
    const other = await world.follow(running, mika);
    const [last = ''] = await world.publish(circle);
    await other.at(circle, last);
    expect(client.frames).toHaveLength(1);
    barrier.release();
    await client.at(circle, last);
    expect(client.frames.slice(1).map((frame) => ('position' in frame ? frame.position : frame.t))).toEqual([
      client.of('board')[0]?.position,
      ...during,
      last,
      'synced',
    ]);
  });

  it('reads on from its snapshot when more came than is kept', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const { barrier, data } = holdFirstBoard();
    const running = await world.start({ data, limits: { maxPendingEvents: 10 } });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    await barrier.reached;
    const other = await world.follow(running, mika);
    const published = await world.publish(circle, 35);
    await other.at(circle, published.at(-1) ?? '');
    barrier.release();
    await client.at(circle, published.at(-1) ?? '');
    expect(client.of('board')).toHaveLength(1);
    expect(client.of('status').map(({ position }) => position)).toEqual(published);
  });

  it('gives no board to whoever is removed while it is being read', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const { barrier, data } = holdFirstBoard();
    const running = await world.start({ data });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    await barrier.reached;
    await world.leave(circle, mika);
    const [next = ''] = await world.publish(circle);
    const staying = await world.follow(running, keeper);
    expect(staying.heads.get(circle)).toBe(Number(next.split('-')[1]));
    barrier.release();
    await client.until(() => client.of('synced').length > 0, 'synced');
    expect(client.frames.slice(1)).toEqual([{ t: 'left', circle }, { t: 'synced' }]);
  });

  it('shows a board from after the return to whoever left and came back while it was being read', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const { barrier, data } = holdFirstBoard();
    const running = await world.start({ data });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    await barrier.reached;
    await world.leave(circle, mika);
    const [secret = ''] = await world.publish(circle);
    await world.join(circle, mika);
    const [next = ''] = await world.publish(circle);
    barrier.release();
    await client.at(circle, next);
    expect(client.of('status').map(({ position }) => position)).not.toContain(secret);
    expect(client.of('left')).toEqual([]);
  });

  it('forgets a connection that closed meanwhile', async () => {
    const mika = await world.person();
    await world.circle(mika);
    const { barrier, data } = holdFirstBoard();
    const running = await world.start({ data });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    await barrier.reached;
    client.ws.terminate();
    await client.closed;
    const again = await world.follow(running, mika);
    barrier.release();
    again.ws.terminate();
    await expect.poll(() => running.gateway.stats()).toEqual({ sockets: 0, circles: 0 });
  });

  it('closes with 4003 when nothing can be read', async () => {
    const mika = await world.person();
    await world.circle(mika);
    const running = await world.start({
      data: (real) => ({ ...real, readBoard: () => Promise.reject(new Error('Command timed out')) }),
    });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    expect(await client.closed).toBe(CLOSE.unavailable);
  });

  it('closes with 4003 when it waits in vain for a whole round of pings', async () => {
    const mika = await world.person();
    await world.circle(mika);
    const never = createBarrier();
    const running = await world.start({
      limits: { pingTurns: 1, turnMs: 50 },
      data: (real) => ({ ...real, readBoard: () => never.wait().then(() => null) }),
    });
    const client = world.connect(running, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    expect(await client.closed).toBe(CLOSE.unavailable);
    never.release();
  });

  it('reads one circle of a connection after the other', async () => {
    const mika = await world.person();
    for (let count = 0; count < 5; count++) await world.circle(mika);
    let reading = 0;
    let most = 0;
    const running = await world.start({
      data: (real) => ({
        ...real,
        async readBoard(person, circle) {
          reading += 1;
          most = Math.max(most, reading);
          const board = await real.readBoard(person, circle);
          reading -= 1;
          return board;
        },
      }),
    });
    const client = await world.follow(running, mika);
    expect(client.of('board')).toHaveLength(5);
    expect(most).toBe(1);
  });

  it('reads no further board for a socket that does not read', async () => {
    const mika = await world.person();
    for (let count = 0; count < 6; count++) await world.circle(mika);
    let boards = 0;
    const running = await world.start({
      limits: { maxBufferedBytes: 64 * 1024 },
      data: (real) => ({
        ...real,
        async readBoard(...args) {
          boards += 1;
          const board = await real.readBoard(...args);
          return board && { ...board, note: 'x'.repeat(10_000_000) };
        },
      }),
    });
    const client = world.connect(running, mika);
    await client.hello();
    client.ws.pause();
    client.send({ t: 'sync', positions: {} });
    const other = await world.person();
    await world.circle(other);
    await expect.poll(() => running.sockets[0]?.writableLength ?? 0).toBeGreaterThan(1_000_000);
    // Whoever comes later is served, while the first socket waits for its client.
    await world.follow(running, other);
    await world.follow(running, other);
    expect(boards).toBeLessThanOrEqual(2 + 2);
    client.ws.resume();
    await client.until(() => client.of('synced').length > 0, 'synced');
    expect(client.of('board')).toHaveLength(6);
  });
});
