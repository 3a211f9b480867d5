import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorld, type GatewayOptions, type Somebody, type World } from '../testing/gateway-world.ts';

/** What a phone is told that comes back with the positions it had, while others follow the same circle. */

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

function countReads() {
  const reads = { feeds: 0, boards: 0 };
  const data: GatewayOptions['data'] = (real) => ({
    ...real,
    readFeed(...args) {
      reads.feeds += 1;
      return real.readFeed(...args);
    },
    readBoard(...args) {
      reads.boards += 1;
      return real.readBoard(...args);
    },
  });
  return { reads, data };
}

/** Two people of one circle; the first follows it throughout. */
async function start(limits: GatewayOptions['limits'] = {}) {
  const { reads, data } = countReads();
  const running = await world.start({ data, limits });
  const [aki, mika] = [await world.person(), await world.person()];
  const circle = await world.circle(aki, mika);
  const staying = await world.follow(running, aki);
  const leaving = await world.follow(running, mika);
  const position = leaving.of('board')[0]?.position ?? '';
  leaving.ws.terminate();
  Object.assign(reads, { feeds: 0, boards: 0 });
  const publish = async (count: number) => {
    const published = await world.publish(circle, count);
    await staying.at(circle, published.at(-1) ?? '');
    return published;
  };
  return { reads, running, mika, circle, position, publish };
}

describe('who comes back', () => {
  it('is told what came since, from memory alone', async () => {
    const { reads, running, mika, circle, position, publish } = await start();
    const missed = await publish(20);
    const client = await world.follow(running, mika, { [circle]: position });
    const [next = ''] = await publish(1);
    await client.at(circle, next);
    expect(client.of('status').map(({ position: at }) => at)).toEqual([...missed, next]);
    expect(reads).toEqual({ feeds: 0, boards: 0 });
  });

  it('is told it by the feed where more came than is kept', async () => {
    const { reads, running, mika, circle, position, publish } = await start({ recentEvents: 5 });
    const missed = await publish(20);
    const client = await world.follow(running, mika, { [circle]: position });
    await client.at(circle, missed.at(-1) ?? '');
    expect(client.of('status').map(({ position: at }) => at)).toEqual(missed);
    expect(reads).toEqual({ feeds: 1, boards: 0 });
  });

  it('is told nothing when it was removed meanwhile', async () => {
    const { running, mika, circle, position, publish } = await start();
    await world.leave(circle, mika);
    await publish(1);
    const client = await world.follow(running, mika, { [circle]: position });
    expect(client.frames.slice(1)).toEqual([{ t: 'left', circle }, { t: 'synced' }]);
  });

  it('gets a board when it was let in again meanwhile, and not what was said in between', async () => {
    const { reads, running, mika, circle, position, publish } = await start();
    await world.leave(circle, mika);
    await publish(3);
    await world.join(circle, mika);
    const [next = ''] = await publish(1);
    const client = await world.follow(running, mika, { [circle]: position });
    await client.at(circle, next);
    expect(client.of('board')).toHaveLength(1);
    expect(client.of('status')).toEqual([]);
    expect(reads).toEqual({ feeds: 0, boards: 1 });
  });

  it('is read on for when it claims a position that the gateway has not heard of', async () => {
    const { reads, running, mika, circle, position } = await start();
    const [epoch, seq] = position.split('-');
    const client = await world.follow(running, mika, { [circle]: `${epoch}-${Number(seq) + 50}` });
    expect(client.of('board')).toHaveLength(1);
    expect(reads).toEqual({ feeds: 1, boards: 1 });
  });

  it('reads once for all who come at the same moment to a circle that nobody follows', async () => {
    const { reads, data } = countReads();
    const running = await world.start({ data });
    const people: Somebody[] = [];
    for (let count = 0; count < 12; count++) people.push(await world.person());
    const [first, ...others] = people;
    if (!first) throw new Error('nobody');
    const circle = await world.circle(first, ...others);
    const [start = ''] = await world.publish(circle);
    const missed = await world.publish(circle, 10);
    const clients = people.map((somebody) => world.connect(running, somebody));
    await Promise.all(clients.map((client) => client.hello()));
    await Promise.all(clients.map((client) => client.sync({ [circle]: start })));
    for (const client of clients) expect(client.of('status').map(({ position }) => position)).toEqual(missed);
    expect(reads).toEqual({ feeds: 1, boards: 0 });
  });
});
