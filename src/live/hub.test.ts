import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CLOSE } from '../contract/frames.ts';
import { createWorld, type RunningGateway, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { Hub } from './hub.ts';
import { RecentMemory } from './recent-memory.ts';

let world: World;
let running: RunningGateway;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
  running = await world.start();
});
afterAll(() => world.close());

/** Counts what reaches the operating system: one `_write` or `_writev` is one system call. */
function countWrites(socket: Duplex): { calls: number } {
  const counted = { calls: 0 };
  for (const name of ['_write', '_writev'] as const) {
    const original = socket[name]?.bind(socket);
    if (!original) throw new Error(`no ${name}`);
    Object.assign(socket, {
      [name]: (...args: never[]) => {
        counted.calls += 1;
        return (original as (...args: never[]) => void)(...args);
      },
    });
  }
  return counted;
}

describe('delivery', () => {
  it('writes once per tick, whatever came in it: ten events of one circle, and more of another', async () => {
    const mika = await world.person();
    const [one, two] = [await world.circle(mika), await world.circle(mika)];
    const own = await world.start();
    const client = await world.follow(own, mika);
    const socket = own.sockets[0];
    if (!socket) throw new Error('no socket');
    const counted = countWrites(socket);
    const epochOf = (circle: string) => client.of('board', circle)[0]?.position.split('-')[0];
    // Published in one transaction, so that the subscriber reads all of them at once.
    const transaction = world.redis.multi();
    for (const circle of [one, two]) {
      for (let seq = 2; seq <= 11; seq++) {
        const position = `${epochOf(circle)}-${seq}`;
        const frame = JSON.stringify({ t: 'status', circle, position });
        transaction.publish(world.keys.circle.channel(circle), `${position} status x\n${frame}`);
      }
    }
    await transaction.exec();
    await client.at(one, `${epochOf(one)}-11`);
    await client.at(two, `${epochOf(two)}-11`);
    expect(client.of('status')).toHaveLength(20);
    expect(counted.calls).toBe(1);
    expect(client.holes).toEqual([]);
  });

  it('gives every member the same bytes, and a large frame whole', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => world.person()));
    const [first, ...others] = people;
    if (!first) throw new Error('nobody');
    const circle = await world.circle(first, ...others);
    const clients = await Promise.all(people.map((somebody) => world.follow(running, somebody)));
    const [position = ''] = await world.publish(circle, 1, '無事'.repeat(20_000));
    for (const client of clients) {
      await client.at(circle, position);
      expect(client.of('status')).toMatchObject([{ circle, position, status: { note: '無事'.repeat(20_000) } }]);
    }
  });

  it('observes how long an accepted status took, once per event', async () => {
    const [mika, aki] = [await world.person(), await world.person()];
    const circle = await world.circle(mika, aki);
    const own = await world.start();
    const clients = [await world.follow(own, mika), await world.follow(own, aki)];
    const frames = own.counted.frames;
    const [position = ''] = await world.publish(circle);
    for (const client of clients) await client.at(circle, position);
    expect(own.counted.deliveries).toHaveLength(1);
    expect(own.counted.deliveries[0]).toBeLessThan(5);
    expect(own.counted.frames - frames).toBe(2);
  });
});

describe('leaving', () => {
  it('tells the removed person `left` and then nothing, and the others the event', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const [circle, other] = [await world.circle(keeper, mika), await world.circle(keeper, mika)];
    const staying = await world.follow(running, keeper);
    const clients = [await world.follow(running, mika), await world.follow(running, mika)];
    await world.leave(circle, mika);
    const [after = ''] = await world.publish(circle);
    await staying.at(circle, after);
    // News of another circle comes after whatever the first one might have sent.
    const [mark = ''] = await world.publish(other);
    for (const client of clients) {
      await client.at(other, mark);
      expect(client.frames.filter((frame) => 'circle' in frame && frame.circle === circle)).toEqual([{ t: 'left', circle }]);
    }
    expect(staying.of('member', circle)).toMatchObject([{ change: 'left', member: { id: mika.id } }]);
  });

  it('lets who comes back begin anew', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const client = await world.follow(running, mika);
    await world.leave(circle, mika);
    await world.publish(circle);
    await world.join(circle, mika);
    const [next = ''] = await world.publish(circle);
    await client.at(circle, next);
    const kinds = client.frames.slice(3).map(({ t }) => t);
    expect(kinds.slice(0, 3)).toEqual(['left', 'joined', 'board']);
    expect(client.of('status').map(({ position }) => position)).not.toContain(undefined);
    expect(client.holes).toEqual([]);
  });

  it('tells everybody `left` when the circle is deleted, and gives the subscription up', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const clients = [await world.follow(running, keeper), await world.follow(running, mika)];
    await world.circles.remove(circle);
    for (const client of clients) {
      await client.until(() => client.of('left').length > 0, 'left');
      expect(client.of('left')).toEqual([{ t: 'left', circle }]);
    }
    const channel = world.keys.circle.channel(circle);
    await waitFor(async () => (await world.redis.pubsub('NUMSUB', channel))[1] === 0);
  });

  it('stops for an erased person, whose leaving begins a new epoch', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const [staying, client] = [await world.follow(running, keeper), await world.follow(running, mika)];
    await world.members.remove(circle, mika.id, 'erase');
    await client.until(() => client.of('left').length > 0, 'left');
    const [next = ''] = await world.publish(circle);
    await staying.at(circle, next);
    expect(staying.of('board')).toHaveLength(2);
    expect(client.of('status')).toEqual([]);
  });
});

describe('a slow reader', () => {
  it('is closed, while the others go on', async () => {
    const [mika, aki] = [await world.person(), await world.person()];
    const circle = await world.circle(mika, aki);
    const own = await world.start({ limits: { maxBufferedBytes: 256 * 1024, closeGraceMs: 200 } });
    const [slow, quick] = [await world.follow(own, mika), await world.follow(own, aki)];
    slow.ws.pause();
    const text = 'x'.repeat(100_000);
    let last = '';
    for (let round = 0; own.counted.slow === 0 && round < 300; round++) {
      [last = ''] = await world.publish(circle, 1, text);
      await quick.at(circle, last);
    }
    expect(own.counted.slow).toBe(1);
    expect(own.gateway.stats().sockets).toBe(1);
    await waitFor(() => own.sockets[0]?.destroyed);
    const [next = ''] = await world.publish(circle);
    await quick.at(circle, next);
    expect(quick.holes).toEqual([]);
  });

  it('is told 4001 when it begins to read in time', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const own = await world.start({ limits: { maxBufferedBytes: 256 * 1024, closeGraceMs: 10_000 } });
    const slow = await world.follow(own, mika);
    slow.ws.pause();
    for (let round = 0; own.counted.slow === 0 && round < 300; round++) {
      await world.publish(circle, 1, 'x'.repeat(100_000));
      await waitFor(() => own.counted.frames >= 3 + round);
    }
    slow.ws.resume();
    expect(await slow.closed).toBe(CLOSE.tooSlow);
    // And catches up by position.
    const position = slow.of('status').at(-1)?.position ?? '';
    const again = await world.follow(own, mika, { [circle]: position });
    expect(again.of('board')).toEqual([]);
    expect(again.heads.get(circle)).toBeGreaterThan(slow.heads.get(circle) ?? 0);
  });

  it('may be busy with a board that is larger than what it may leave unread', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const huge = '"note":"'.concat('x'.repeat(8_000_000), '"');
    const own = await world.start({
      limits: { maxBufferedBytes: 64 * 1024 },
      data: (real) => ({
        ...real,
        readBoard: async (...args) => {
          const board = await real.readBoard(...args);
          return board && { ...board, ...JSON.parse(`{${huge}}`) };
        },
      }),
    });
    const client = world.connect(own, mika);
    await client.hello();
    client.send({ t: 'sync', positions: {} });
    client.ws.pause();
    await waitFor(() => (own.sockets[0]?.writableLength ?? 0) > 1_000_000);
    const [next = ''] = await world.publish(circle);
    await waitFor(() => own.counted.frames >= 3);
    client.ws.resume();
    await client.at(circle, next);
    expect(own.counted.slow).toBe(0);
    expect(client.of('board')).toHaveLength(1);
  });
});

it('holds back no more events than the limit while it is unsure', () => {
  const metrics = running.counted as never;
  const writer = { addHub: () => undefined } as never;
  const log = { error: () => undefined };
  const host = {
    writer,
    metrics,
    log,
    maxPendingEvents: 10,
    recentEvents: 10,
    recentMemory: new RecentMemory({ maxBytes: 1_000_000, maxAgeMs: 60_000, now: Date.now }),
    now: Date.now,
    recover: () => undefined,
    onEmpty: () => undefined,
  };
  const hub = new Hub(host, 'c');
  hub.add({ attachments: [] } as never);
  hub.onSubscribed();
  hub.onLinkLost();
  for (let seq = 1; seq <= 95; seq++) {
    hub.onMessage(Buffer.from(`0a0b0c0d-${seq} status x\n{}`));
    expect(hub.arrived.length).toBeLessThanOrEqual(10);
  }
  expect(hub.arrived.at(-1)?.seq).toBe(95);
});
