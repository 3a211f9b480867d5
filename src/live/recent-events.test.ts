import { expect, it } from 'vitest';
import type { CircleEventBytes } from './circle-event.ts';
import { RecentEvents } from './recent-events.ts';

const event = (seq: number, kind = 'status', subject = `s${seq}`, fields: object = { note: '無事' }): CircleEventBytes => {
  const frame = { t: kind, circle: 'c', position: `0a0b0c0d-${seq}`, ...fields };
  return { epoch: '0a0b0c0d', seq, kind, subject, payload: Buffer.from(JSON.stringify(frame)) };
};
const told = (recent: RecentEvents, after: number) => recent.payloadsAfter(after).map((bytes) => JSON.parse(bytes.toString()));

function createRecent(from: number, to: number, most = 10): RecentEvents {
  const recent = new RecentEvents();
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
