import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { LIVE_GATHER_MAX_MS } from '../contract/limits.ts';
import { Connection, type LiveSocket } from './connection.ts';
import { Hub } from './hub.ts';
import { LIVE_LIMITS } from './live-limits.ts';
import type { Round } from './pace.ts';
import { RecentMemory } from './recent-memory.ts';
import { TickWriter } from './tick-writer.ts';

const nextTick = () => new Promise((resolve) => setImmediate(resolve));
const anHour = 3_600_000;

it('flushes circles first, then connections, once each, in the same tick', async () => {
  const writer = new TickWriter();
  const order: string[] = [];
  const connection = { writtenAt: 0, flush: () => order.push('connection') };
  writer.addConnection(connection);
  writer.addHub({
    flush() {
      writer.addConnection({ writtenAt: 0, flush: () => order.push('fed by hub') });
      return order.push('hub');
    },
  });
  expect(order).toEqual([]);
  await nextTick();
  expect(order).toEqual(['hub', 'connection', 'fed by hub']);
});

it('starts anew with the next tick', async () => {
  const writer = new TickWriter();
  let flushed = 0;
  const connection = { writtenAt: 0, flush: () => ++flushed };
  writer.addConnection(connection);
  await nextTick();
  await nextTick();
  expect(flushed).toBe(1);
  writer.addConnection(connection);
  await nextTick();
  expect(flushed).toBe(2);
});

it('measures what it wrote', async () => {
  const rounds: Round[] = [];
  const writer = new TickWriter({ gatherMs: 0, note: (round) => rounds.push(round) });
  const connections = [0, 1, 2].map((writes) => ({ writtenAt: Number.NEGATIVE_INFINITY, flush: () => Math.min(writes, 1) }));
  const write = async () => {
    writer.addHub({ flush: () => 9 });
    for (const connection of connections) writer.addConnection(connection);
    await nextTick();
  };
  await write();
  expect(rounds).toMatchObject([{ deliveries: 9, writes: 2, sparable: 0 }]);
  const [, again, long] = connections;
  if (again) again.writtenAt = performance.now();
  if (long) long.writtenAt = performance.now() - LIVE_GATHER_MAX_MS;
  await write();
  expect(rounds[1]).toMatchObject({ deliveries: 9, writes: 2, sparable: 1 });
});

it('gathers for as long as the pace says', async () => {
  const pace = { gatherMs: 2, note: () => undefined };
  const writer = new TickWriter(pace);
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    writer.addHub({ flush: () => order.push('first') });
    setImmediate(() => {
      order.push('next tick');
      writer.addHub({
        flush() {
          resolve();
          return order.push('second');
        },
      });
    });
  });
  expect(order).toEqual(['next tick', 'first', 'second']);
});

it('lets nobody who needs help wait for what is gathered', async () => {
  const nothing = () => undefined;
  const metrics = {
    observeDelivery: nothing,
    socketOpened: nothing,
    socketClosed: nothing,
    countSent: nothing,
    slowSocketClosed: nothing,
  };
  const writer = new TickWriter({ gatherMs: anHour, note: nothing });
  const connections: ConstructorParameters<typeof Connection>[0] = { writer, limits: LIVE_LIMITS, metrics, onClosed: nothing };
  const hubs = {
    writer,
    metrics,
    maxPendingEvents: 10,
    recentEvents: 10,
    recentMemory: new RecentMemory({ maxBytes: 1_000_000, maxAgeMs: 60_000, now: Date.now }),
    now: Date.now,
    log: { error: nothing },
    recover: nothing,
    onEmpty: nothing,
  };
  const follow = (circle: string) => {
    const socket = new PassThrough();
    const hub = new Hub(hubs, circle);
    hub.onSubscribed();
    hub.admit(hub.add(new Connection(connections, {} as LiveSocket, socket, { person: circle, session: circle })), {
      epoch: 'e',
      seq: 0,
    });
    const tell = (seq: number, condition: string) =>
      hub.take({
        epoch: 'e',
        seq,
        kind: 'status',
        subject: 'x',
        payload: Buffer.from(`{"seq":${seq},"condition":"${condition}"}`),
      });
    return { tell, heard: () => String(socket.read() ?? '').match(/"seq":\d/g) };
  };
  const [calm, worried] = [follow('calm'), follow('worried')];
  calm.tell(1, 'ok');
  worried.tell(1, 'ok');
  await nextTick();
  expect([calm.heard(), worried.heard()]).toEqual([null, null]);
  worried.tell(2, 'help');
  calm.tell(2, 'hurt');
  await nextTick();
  expect([calm.heard(), worried.heard()]).toEqual([null, ['"seq":1', '"seq":2']]);
});
