import { expect, it } from 'vitest';
import type { CircleEventBytes } from './circle-event.ts';
import { RecentEvents } from './recent-events.ts';
import { RecentMemory } from './recent-memory.ts';

const event = (seq: number, kind = 'status', subject = `s${seq}`, fields: object = { note: '無事' }): CircleEventBytes => {
  const frame = { t: kind, circle: 'c', position: `0a0b0c0d-${seq}`, ...fields };
  return { epoch: '0a0b0c0d', seq, kind, subject, payload: Buffer.from(JSON.stringify(frame)) };
};
const told = (recent: RecentEvents, after: number) => recent.payloadsAfter(after).map((bytes) => JSON.parse(bytes.toString()));

const clock = { now: 1_000 };
const createMemory = (maxBytes = 1_000_000) => new RecentMemory({ maxBytes, maxAgeMs: 100, now: () => clock.now });

function createRecent(from: number, to: number, most = 10, memory = createMemory()): RecentEvents {
  const recent = new RecentEvents(memory);
  recent.beginAfter(from);
  for (let seq = from + 1; seq <= to; seq++) recent.add(event(seq), most);
  return recent;
}

it('tells what came after a position, to the byte', () => {
  const recent = createRecent(4, 7);
  expect(recent.payloadsAfter(5)).toEqual([event(6).payload, event(7).payload]);
  expect(recent.payloadsAfter(7)).toEqual([]);
  expect([3, 4, 7].map((seq) => recent.reachesBackTo(seq))).toEqual([false, true, true]);
});

it('forgets the oldest, and says so', () => {
  const recent = createRecent(0, 12, 10);
  expect([1, 2].map((seq) => recent.reachesBackTo(seq))).toEqual([false, true]);
  recent.trim(3);
  expect([8, 9].map((seq) => recent.reachesBackTo(seq))).toEqual([false, true]);
  expect(recent.payloadsAfter(9)).toHaveLength(3);
});

it('takes what was read of the feed before, without a hole and without a double', () => {
  const recent = createRecent(4, 6);
  recent.prepend(2, [event(3), event(4), event(5)]);
  expect(told(recent, 2).map(({ position }) => position)).toEqual([3, 4, 5, 6].map((seq) => `0a0b0c0d-${seq}`));
  recent.prepend(5, [event(6)]);
  expect(told(recent, 2)).toHaveLength(4);
});

it('tells a retracted status as its retraction, at both positions', () => {
  const recent = createRecent(0, 2);
  recent.add(event(3, 'retracted', 's2', { id: 's2', author: 'mika', status: null }), 10);
  const retraction = { t: 'retracted', circle: 'c', id: 's2', author: 'mika', status: null };
  expect(told(recent, 1)).toEqual([2, 3].map((seq) => ({ ...retraction, position: `0a0b0c0d-${seq}` })));
});

it('tells a retraction in the place of a status that was read of the feed before it was retracted', () => {
  const memory = createMemory();
  const recent = createRecent(4, 5, 10, memory);
  recent.add(event(6, 'retracted', 's3', { id: 's3', author: 'mika', status: null }), 10);
  recent.prepend(2, [event(3, 'status', 's3', { note: '無事'.repeat(50) }), event(4)]);
  const retraction = { t: 'retracted', circle: 'c', id: 's3', author: 'mika', status: null };
  expect(told(recent, 2)[0]).toEqual({ ...retraction, position: '0a0b0c0d-3' });
  expect(told(recent, 2).map(({ t }) => t)).toEqual(['retracted', 'status', 'status', 'retracted']);
  recent.beginAfter(6);
  expect(memory.bytes).toBe(0);
});

it('forgets what is too old, and says so', () => {
  const recent = createRecent(0, 2);
  clock.now += 101;
  recent.add(event(3), 10);
  expect([1, 2].map((seq) => recent.reachesBackTo(seq))).toEqual([false, true]);
  expect(recent.payloadsAfter(0)).toEqual([event(3).payload]);
});

it('shares its memory with other circles: who was heard of least recently forgets, and says so', () => {
  const memory = createMemory(5 * 400);
  const [quiet, busy] = [createRecent(0, 4, 10, memory), createRecent(0, 5, 10, memory)];
  expect([3, 4].map((seq) => quiet.reachesBackTo(seq))).toEqual([false, true]);
  expect(busy.reachesBackTo(0)).toBe(true);
  quiet.add(event(5), 10);
  expect(quiet.payloadsAfter(4)).toHaveLength(1);
  const before = memory.bytes;
  for (let seq = 6; seq <= 50; seq++) busy.add(event(seq), 100);
  expect(before).toBeLessThanOrEqual(2_000);
  expect(memory.bytes).toBeLessThanOrEqual(2_000);
});
