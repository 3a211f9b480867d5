import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CLOSE } from '../contract/frames.ts';
import { MAX_BODY_BYTES } from '../contract/limits.ts';
import { createWorld, type RunningGateway, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

const byText = (a: string, b: string) => (a < b ? -1 : 1);

let world: World;
let running: RunningGateway;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
  running = await world.start();
});
afterAll(() => world.close());

describe('sync', () => {
  it('catches up by position: the missed events, no board', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const [from = ''] = await world.publish(circle);
    const missed = await world.publish(circle, 5);
    const client = await world.follow(running, mika, { [circle]: from });
    expect(client.frames.map(({ t }) => t)).toEqual(['hello', ...Array(5).fill('status'), 'synced']);
    expect(client.of('status').map(({ position }) => position)).toEqual(missed);
    const [next = ''] = await world.publish(circle);
    await client.at(circle, next);
    expect(client.holes).toEqual([]);
  });

  it('gives nothing where nothing was missed', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const [head = ''] = await world.publish(circle);
    const client = await world.follow(running, mika, { [circle]: head });
    expect(client.frames.map(({ t }) => t)).toEqual(['hello', 'synced']);
  });

  it.each(['00000000-1', 'ahead', ''])(
    'gives the board for a lost position (%s), and for circles the client does not know',
    async (what) => {
      const mika = await world.person();
      const circle = await world.circle(mika);
      const other = await world.circle(mika);
      const [head = ''] = await world.publish(circle);
      const position = what === 'ahead' ? head.replace(/\d+$/, '999') : what;
      const client = await world.follow(running, mika, { [circle]: position });
      expect(
        client
          .of('board')
          .map((board) => board.circle.id)
          .sort(byText),
      ).toEqual([circle, other].sort(byText));
      expect(client.of('board', circle)[0]).toMatchObject({ position: head, members: [{ member: { id: mika.id } }] });
    },
  );

  it('tells a client to forget circles that are not its own, and subscribes to none of them', async () => {
    const [mika, stranger] = [await world.person(), await world.person()];
    const foreign = await world.circle(stranger);
    const position = (await world.publish(foreign))[0] ?? '';
    const unknown = '01900000-0000-7000-8000-000000000000';
    const before = running.gateway.stats().circles;
    const client = await world.follow(running, mika, { [foreign]: position, [unknown]: '' });
    expect(
      client
        .of('left')
        .map(({ circle }) => circle)
        .sort(byText),
    ).toEqual([foreign, unknown].sort(byText));
    expect(running.gateway.stats().circles).toBe(before);
    await world.publish(foreign);
    await client.sync();
    expect(client.of('status')).toEqual([]);
    expect(client.of('board')).toEqual([]);
  });

  it('may be repeated: a client that noticed a hole says where it is', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const positions = await world.publish(circle, 4);
    const client = await world.follow(running, mika);
    client.frames.length = 0;
    await client.sync({ [circle]: positions[1] ?? '' });
    expect(client.of('status').map(({ position }) => position)).toEqual(positions.slice(2));
    await client.sync({});
    expect(client.of('board')).toHaveLength(1);
    const [next = ''] = await world.publish(circle);
    await client.at(circle, next);
    expect(client.of('status').filter(({ position }) => position === next)).toHaveLength(1);
    expect(await world.redis.pubsub('NUMSUB', world.keys.circle.channel(circle))).toEqual([world.keys.circle.channel(circle), 1]);
  });

  it('answers many syncs at once with the newest, and each socket for itself', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const client = world.connect(running, mika);
    const other = await world.follow(running, mika);
    await client.hello();
    for (let count = 0; count < 20; count++) client.send({ t: 'sync', positions: {} });
    const [next = ''] = await world.publish(circle);
    await Promise.all([client.at(circle, next), other.at(circle, next)]);
    await client.sync({});
    expect(client.of('synced').length).toBeLessThan(20);
    expect([...client.holes, ...other.holes]).toEqual([]);
  });
});

describe('client frames', () => {
  it.each([
    ['text that is no JSON', '{'],
    ['a frame of an unknown kind', '{"t":"post"}'],
    ['an unknown field', '{"t":"sync","positions":{},"circle":"x"}'],
    ['a position that is none', '{"t":"sync","positions":{"01900000-0000-7000-8000-000000000000":"1"}}'],
    ['an empty frame', ''],
  ])('closes with 4500: %s', async (_, frame) => {
    const client = await world.follow(running, await world.person());
    client.send(frame);
    expect(await client.closed).toBe(CLOSE.badFrame);
  });

  it('closes with 4500: a binary frame', async () => {
    const client = await world.follow(running, await world.person());
    client.ws.send(Buffer.from('{"t":"visible","value":true}'));
    expect(await client.closed).toBe(CLOSE.badFrame);
  });

  it('closes with 1009: a frame over 4 KiB', async () => {
    const client = await world.follow(running, await world.person());
    client.send('x'.repeat(MAX_BODY_BYTES + 1));
    expect(await client.closed).toBe(1009);
  });

  it('remembers for a while that a device shows a page, until it says that it does not', async () => {
    const somebody = await world.person();
    const client = await world.follow(running, somebody);
    const key = world.keys.person.visible(somebody.id, somebody.session);
    await world.redis.hset(world.keys.person.push(somebody.id), somebody.session, 'other {}');
    client.send({ t: 'visible', value: true });
    await waitFor(() => world.redis.exists(key));
    expect(await world.redis.ttl(key)).toBeGreaterThan(0);
    client.send({ t: 'visible', value: false });
    await waitFor(async () => !(await world.redis.exists(key)));
    await client.sync();
  });

  it('closes with 4004 whoever sends more than any phone, in frames or in pings', async () => {
    const limited = await world.start({ limits: { frames: { points: 5, seconds: 3_600 } } });
    const somebody = await world.person();
    const talker = await world.follow(limited, somebody);
    for (let count = 0; count < 5; count++) talker.send({ t: 'visible', value: true });
    expect(await talker.closed).toBe(CLOSE.tooMany);
    const pinger = world.connect(limited, somebody);
    await once(pinger.ws, 'open');
    for (let count = 0; count < 6; count++) pinger.ws.ping();
    expect(await pinger.closed).toBe(CLOSE.tooMany);
  });
});

describe('joining elsewhere', () => {
  it('tells every socket of the person, with the board, and then events', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper);
    const clients = [await world.follow(running, mika), await world.follow(running, mika)];
    const waiting = world.connect(running, mika);
    await waiting.hello();
    await world.join(circle, mika);
    const [next = ''] = await world.publish(circle);
    for (const client of clients) {
      await client.at(circle, next);
      expect(
        client.frames
          .slice(2)
          .map(({ t }) => t)
          .slice(0, 2),
      ).toEqual(['joined', 'board']);
      expect(client.holes).toEqual([]);
    }
    expect(waiting.frames).toHaveLength(1);
    await waiting.sync();
    expect(waiting.of('board', circle)).toHaveLength(1);
  });
});
