import { afterAll, expect, it } from 'vitest';
import { makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { formatBoardEntry, parseBoardEntry } from './board-entry.ts';
import { orderKeyOf } from './order-key.ts';
import { showStatus } from './shown-status.ts';

const world = openStoreWorld('board-entry');
afterAll(world.close);

it('reads what the script that publishes wrote', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const record = makeRecord(keeper.id, [circle], { note: 'at home, all well' });
  await world.stores.publishing.publish(circle, [record], NOW);
  const entry = (await world.redis.hget(world.keys.circle.board(circle), keeper.id)) ?? '';
  expect(parseBoardEntry(entry)).toEqual({ key: orderKeyOf(record), status: showStatus(record, circle) });
});

it('writes text that sorts by age, and reads it again', () => {
  const older = makeRecord('kai', [], { writtenAt: '2026-03-11T05:52:09.999Z' });
  const newer = makeRecord('kai', [], { writtenAt: '2026-03-11T05:52:10.000Z' });
  expect(formatBoardEntry(older) < formatBoardEntry(newer)).toBe(true);
  const { id, condition, writtenAt } = older;
  expect(parseBoardEntry(formatBoardEntry(older))).toEqual({ key: orderKeyOf(older), status: { id, condition, writtenAt } });
});
