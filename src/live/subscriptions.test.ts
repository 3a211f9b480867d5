import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { redisOptionsFromUrl } from '../platform/redis-url.ts';
import { waitFor } from '../testing/wait-for.ts';
import { type ChannelListener, Subscriptions } from './subscriptions.ts';

const log = pino({ level: 'silent' });
let redis: Redis;
const opened: { redis: Redis; subscriptions: Subscriptions }[] = [];

beforeAll(() => {
  redis = new Redis(redisOptionsFromUrl(inject('redisUrl')));
});
afterEach(() => {
  for (const { redis: subscriber, subscriptions } of opened.splice(0)) {
    subscriptions.close();
    subscriber.disconnect();
  }
});
afterAll(() => redis.disconnect());

function open(options = redisOptionsFromUrl(inject('redisUrl'))) {
  const subscriber = new Redis({ ...options, maxRetriesPerRequest: null, retryStrategy: () => 20, disconnectTimeout: 50 });
  subscriber.on('error', () => undefined);
  const pair = { redis: subscriber, subscriptions: new Subscriptions(subscriber, log) };
  opened.push(pair);
  return pair;
}

function createListener() {
  const told: string[] = [];
  const listener: ChannelListener = {
    onMessage: (message) => void told.push(message.toString()),
    onSubscribed: () => void told.push('(subscribed)'),
    onLinkLost: () => void told.push('(lost)'),
  };
  return { told, listener };
}

const count = async (channel: string) => (await redis.pubsub('NUMSUB', channel))[1];

describe('Subscriptions', () => {
  it('confirms, tells messages, and stops', async () => {
    const { subscriptions } = open();
    const channel = `live-${uuidv7()}`;
    const { told, listener } = createListener();
    await subscriptions.subscribe(channel, listener);
    expect(await redis.publish(channel, 'one')).toBe(1);
    await waitFor(() => told.length === 2);
    subscriptions.unsubscribe(channel, listener);
    await waitFor(async () => (await count(channel)) === 0);
    expect(told).toEqual(['(subscribed)', 'one']);
  });

  it('survives flapping: the last wish stands', async () => {
    const { subscriptions } = open();
    const channel = `live-${uuidv7()}`;
    for (let round = 0; round < 50; round++) {
      const { listener } = createListener();
      void subscriptions.subscribe(channel, listener);
      subscriptions.unsubscribe(channel, listener);
    }
    const { told, listener } = createListener();
    await subscriptions.subscribe(channel, listener);
    expect(await redis.publish(channel, 'here')).toBe(1);
    await waitFor(() => told.includes('here'));
    expect(told).toEqual(['(subscribed)', 'here']);
  });

  it('ignores who gives up a channel that another one has taken over', async () => {
    const { subscriptions } = open();
    const channel = `live-${uuidv7()}`;
    const [former, latter] = [createListener(), createListener()];
    await subscriptions.subscribe(channel, former.listener);
    await subscriptions.subscribe(channel, latter.listener);
    subscriptions.unsubscribe(channel, former.listener);
    await redis.publish(channel, 'one');
    await waitFor(() => latter.told.includes('one'));
    expect(former.told).toEqual(['(subscribed)']);
  });

  it('says when the connection is lost, and when each subscription stands again', async () => {
    const { redis: subscriber, subscriptions } = open();
    const channels = Array.from({ length: 30 }, () => `live-${uuidv7()}`);
    const listeners = channels.map(() => createListener());
    await Promise.all(
      channels.map((channel, index) => subscriptions.subscribe(channel, (listeners[index] ?? createListener()).listener)),
    );
    await redis.client('KILL', 'ID', await subscriber.client('ID'));
    await waitFor(() => listeners.every(({ told }) => told.length === 3));
    for (const { told } of listeners) expect(told).toEqual(['(subscribed)', '(lost)', '(subscribed)']);
    for (const channel of channels) expect(await redis.publish(channel, 'x')).toBe(1);
  });

  it('does not come back to what was given up while the connection was away', async () => {
    const { redis: subscriber, subscriptions } = open();
    const [kept, dropped, early] = [`live-${uuidv7()}`, `live-${uuidv7()}`, `live-${uuidv7()}`];
    const listeners = [createListener(), createListener(), createListener()];
    const [one, two, three] = listeners as [(typeof listeners)[0], (typeof listeners)[0], (typeof listeners)[0]];
    await subscriptions.subscribe(kept, one.listener);
    await subscriptions.subscribe(dropped, two.listener);
    const lost = once(subscriber, 'close');
    await redis.client('KILL', 'ID', await subscriber.client('ID'));
    await lost;
    subscriptions.unsubscribe(dropped, two.listener);
    void subscriptions.subscribe(early, three.listener);
    subscriptions.unsubscribe(early, three.listener);
    await waitFor(() => one.told.length === 3);
    await waitFor(async () => (await count(early)) === 0 && (await count(dropped)) === 0);
    expect(three.told).not.toContain('(subscribed)');
  });

  it('takes back what was asked for just before the connection broke, and given up since', async () => {
    const { redis: subscriber, subscriptions } = open();
    const [kept, dropped] = [`live-${uuidv7()}`, `live-${uuidv7()}`];
    const [one, two] = [createListener(), createListener()];
    await subscriptions.subscribe(kept, one.listener);
    const lost = once(subscriber, 'close');
    void subscriptions.subscribe(dropped, two.listener);
    // The command has left, its answer has not come: it is sent again after the reconnection.
    (subscriber as unknown as { stream: Socket }).stream.destroy();
    await lost;
    subscriptions.unsubscribe(dropped, two.listener);
    await waitFor(() => one.told.length === 3);
    await waitFor(async () => (await count(dropped)) === 0);
    expect(await count(kept)).toBe(1);
    expect(two.told).toEqual(['(lost)']);
  });

  it('notices a connection that nobody closed and nobody answers', async () => {
    const sockets: Socket[] = [];
    let isMute = false;
    const { path = '', host, port } = redisOptionsFromUrl(inject('redisUrl'));
    // A relay that can fall silent, as a firewall does that forgot the connection.
    const relay = createServer((client) => {
      const server = path ? connect(path) : connect({ host: host ?? '127.0.0.1', port: port ?? 6379 });
      sockets.push(client, server);
      client.on('data', (data) => isMute || server.write(data)).on('error', () => undefined);
      server.on('data', (data) => isMute || client.write(data)).on('error', () => undefined);
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { subscriptions } = open({ host: '127.0.0.1', port: (relay.address() as { port: number }).port });
    const channel = `live-${uuidv7()}`;
    const { told, listener } = createListener();
    await subscriptions.subscribe(channel, listener);
    isMute = true;
    for (let beat = 0; beat < 3; beat++) subscriptions.beat();
    await waitFor(() => told.includes('(lost)'));
    isMute = false;
    await waitFor(() => told.length === 3);
    expect(told).toEqual(['(subscribed)', '(lost)', '(subscribed)']);
    for (const socket of sockets) socket.destroy();
    relay.close();
  });

  it('keeps a connection that answers, however many beats', async () => {
    const { subscriptions } = open();
    const channel = `live-${uuidv7()}`;
    const { told, listener } = createListener();
    await subscriptions.subscribe(channel, listener);
    for (let beat = 0; beat < 10; beat++) {
      subscriptions.beat();
      await redis.publish(channel, String(beat));
      await waitFor(() => told.includes(String(beat)));
    }
    expect(told).not.toContain('(lost)');
  });
});
