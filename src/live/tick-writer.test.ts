import { expect, it } from 'vitest';
import { TickWriter } from './tick-writer.ts';

const nextTick = () => new Promise((resolve) => setImmediate(resolve));

it('flushes circles first, then connections, once each, in the same tick', async () => {
  const writer = new TickWriter();
  const order: string[] = [];
  const connection = { flush: () => order.push('connection') };
  writer.addConnection(connection);
  writer.addHub({
    flush() {
      order.push('hub');
      writer.addConnection({ flush: () => order.push('fed by hub') });
    },
  });
  expect(order).toEqual([]);
  await nextTick();
  expect(order).toEqual(['hub', 'connection', 'fed by hub']);
});

it('starts anew with the next tick', async () => {
  const writer = new TickWriter();
  let flushed = 0;
  const connection = {
    flush() {
      flushed += 1;
    },
  };
  writer.addConnection(connection);
  await nextTick();
  await nextTick();
  expect(flushed).toBe(1);
  writer.addConnection(connection);
  await nextTick();
  expect(flushed).toBe(2);
});
