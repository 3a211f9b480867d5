import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createBarrier, type LiveClient } from '../testing/gateway-client.ts';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

/** Publishes past the feed's order, as if messages in between had been lost. */
async function publishAhead(circle: string, client: LiveClient, ahead: number): Promise<void> {
  const { epoch, seq } = (await world.redis.hgetall(world.keys.circle.info(circle))) as { epoch: string; seq: string };
  const position = `${epoch}-${Number(seq) + ahead}`;
  const frame = JSON.stringify({ t: 'status', circle, position });
  expect(client.heads.get(circle)).toBe(Number(seq));
  await world.redis.publish(world.keys.circle.channel(circle), `${position} status x\n${frame}`);
}

describe('a gap', () => {
  it('is filled from the feed before anything after it', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const running = await world.start();
    const client = await world.follow(running, mika);
    // Two events reach the feed but not the channel.
    const channel = world.keys.circle.channel(circle);
    await running.subscriber.unsubscribe(channel);
    const missed = await world.publish(circle, 2);
    await running.subscriber.subscribe(channel);
    const [next = ''] = await world.publish(circle);
    await client.at(circle, next);
    expect(client.of('status').map(({ position }) => position)).toEqual([...missed, next]);
    expect(client.holes).toEqual([]);
  });

  it('delivers nothing to whoever is no member any more, though their removal was never heard', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const [circle, other] = [await world.circle(keeper, mika), await world.circle(keeper, mika)];
    const running = await world.start();
    const [staying, removed] = [await world.follow(running, keeper), await world.follow(running, mika)];
    const channel = world.keys.circle.channel(circle);
    await running.subscriber.unsubscribe(channel);
    await world.leave(circle, mika);
    await running.subscriber.subscribe(channel);
    const [next = ''] = await world.publish(circle);
    await staying.at(circle, next);
    const [mark = ''] = await world.publish(other);
    await removed.at(other, mark);
    expect(removed.frames.filter((frame) => 'circle' in frame && frame.circle === circle)).toEqual([{ t: 'left', circle }]);
  });

  it('cuts whoever is no member any more although the feed cannot be read yet', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    let isAway = true;
    const running = await world.start({
      data: (real) => ({
        ...real,
        readFeed: (...args) => (isAway ? Promise.reject(new Error('Command timed out')) : real.readFeed(...args)),
      }),
    });
    const [staying, removed] = [await world.follow(running, keeper), await world.follow(running, mika)];
    const channel = world.keys.circle.channel(circle);
    await running.subscriber.unsubscribe(channel);
    await world.leave(circle, mika);
    await running.subscriber.subscribe(channel);
    const [next = ''] = await world.publish(circle);
    await removed.until(() => removed.of('left').length > 0, 'left');
    expect(staying.of('status')).toEqual([]);
    isAway = false;
    await staying.at(circle, next);
    expect(staying.holes).toEqual([]);
  });

  it('that the feed cannot fill ends in new boards for everybody', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const running = await world.start();
    const clients = [await world.follow(running, keeper), await world.follow(running, mika)];
    const channel = world.keys.circle.channel(circle);
    await running.subscriber.unsubscribe(channel);
    await world.publish(circle, 4);
    await world.redis.xtrim(world.keys.circle.feed(circle), 'MAXLEN', 1);
    await running.subscriber.subscribe(channel);
    const [next = ''] = await world.publish(circle);
    for (const client of clients) {
      await client.at(circle, next);
      expect(client.of('board')).toHaveLength(2);
    }
  });

  it('asks again and again while Redis does not answer, and holds back what comes', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    let isAway = false;
    let refused = 0;
    const running = await world.start({
      data: (real) => ({
        ...real,
        async membersAmong(...args) {
          if (isAway) {
            refused += 1;
            throw new Error('Command timed out');
          }
          return real.membersAmong(...args);
        },
      }),
    });
    const client = await world.follow(running, mika);
    isAway = true;
    await world.killSubscriber(running);
    await waitFor(() => refused > 0);
    const published = await world.publish(circle, 3);
    await waitFor(() => refused > 2);
    expect(client.of('status')).toEqual([]);
    isAway = false;
    await client.at(circle, published[2] ?? '');
    expect(client.of('status').map(({ position }) => position)).toEqual(published);
  });

  it('holds back no more than the limit: the rest is read from the feed', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const barrier = createBarrier();
    let isHeld = true;
    const running = await world.start({
      limits: { maxPendingEvents: 10 },
      data: (real) => ({
        ...real,
        async readFeed(...args) {
          const answer = await real.readFeed(...args);
          if (isHeld) await barrier.wait();
          return answer;
        },
      }),
    });
    const client = await world.follow(running, mika);
    await publishAhead(circle, client, 5);
    await barrier.reached;
    const published = await world.publish(circle, 57);
    isHeld = false;
    barrier.release();
    const [last = ''] = await world.publish(circle);
    await client.at(circle, last);
    expect(client.of('status').map(({ position }) => position)).toEqual([...published, last]);
  });

  it('does not undo a removal that is heard while it is being repaired', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const barrier = createBarrier();
    const running = await world.start({
      data: (real) => ({
        ...real,
        async membersAmong(...args) {
          const members = await real.membersAmong(...args);
          await barrier.wait();
          return members;
        },
      }),
    });
    const [staying, removed] = [await world.follow(running, keeper), await world.follow(running, mika)];
    await publishAhead(circle, staying, 3);
    await barrier.reached;
    const [before = ''] = await world.publish(circle);
    await world.leave(circle, mika);
    await removed.until(() => removed.of('left').length > 0, 'left');
    const [secret = ''] = await world.publish(circle);
    barrier.release();
    await staying.at(circle, secret);
    expect(staying.of('status').map(({ position }) => position)).toEqual([before, secret]);
    expect(removed.of('status')).toEqual([]);
  });

  it('lets a client sync meanwhile', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const barrier = createBarrier();
    const running = await world.start({
      data: (real) => ({
        ...real,
        async membersAmong(...args) {
          await barrier.wait();
          return real.membersAmong(...args);
        },
      }),
    });
    const first = await world.follow(running, mika);
    await publishAhead(circle, first, 2);
    await barrier.reached;
    await world.publish(circle, 2);
    const second = await world.follow(running, mika);
    await first.sync({ [circle]: first.of('board')[0]?.position ?? '' });
    barrier.release();
    const [last = ''] = await world.publish(circle);
    for (const client of [first, second]) {
      await client.at(circle, last);
      expect(client.holes).toEqual([]);
    }
    expect(second.of('status').map(({ position }) => position)).toEqual([last]);
  });
});

describe('a new epoch', () => {
  it('gives everybody the board, and goes on from there', async () => {
    const [keeper, mika] = [await world.person(), await world.person()];
    const circle = await world.circle(keeper, mika);
    const running = await world.start();
    const clients = [await world.follow(running, keeper), await world.follow(running, mika)];
    await world.publish(circle, 3);
    world.changeRunId();
    const [first = ''] = await world.publish(circle);
    const more = await world.publish(circle, 20);
    for (const client of clients) {
      await client.at(circle, more.at(-1) ?? '');
      const boards = client.of('board');
      expect(boards).toHaveLength(2);
      expect(boards[0]?.position.slice(0, 8)).not.toBe(boards[1]?.position.slice(0, 8));
      expect(boards[1]?.position.slice(0, 8)).toBe(first.slice(0, 8));
      expect(client.holes).toEqual([]);
    }
  });

  it('in which the circle is behind where it was (a lost tail) gives the board too', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const running = await world.start({ reconnectMs: null });
    const client = await world.follow(running, mika);
    const before = await world.publish(circle, 5);
    await client.at(circle, before[4] ?? '');
    await world.killSubscriber(running);
    await world.redis.hset(world.keys.circle.info(circle), 'seq', 2);
    await world.redis.xtrim(world.keys.circle.feed(circle), 'MAXLEN', 0);
    await world.redis.del(world.keys.circle.feed(circle));
    world.changeRunId();
    const [position = ''] = await world.publish(circle);
    await world.reconnect(running);
    await client.until(() => client.of('board').some((board) => board.position === position), 'board');
    const [next = ''] = await world.publish(circle);
    await client.until(() => client.of('status').some((status) => status.position === next), 'the next event');
  });

  it('that only a snapshot shows brings new boards for everybody', async () => {
    const mika = await world.person();
    const circle = await world.circle(mika);
    const running = await world.start();
    const first = await world.follow(running, mika);
    const [before = ''] = await world.publish(circle, 3);
    await first.at(circle, before);
    await world.redis.hset(world.keys.circle.info(circle), { epoch: 'eeeeeeee', seq: 1 });
    await world.redis.del(world.keys.circle.feed(circle));
    const second = await world.follow(running, mika);
    await first.until(() => first.of('board').some(({ position }) => position === 'eeeeeeee-1'), 'the new board');
    const [next = ''] = await world.publish(circle);
    for (const client of [first, second])
      await client.until(() => client.of('status').some(({ position }) => position === next), 'the next event');
  });
});
