import { describe, expect, it } from 'vitest';
import { createLedger } from './ledger.ts';
import { createReceiver, type Reader } from './receiver.ts';
import { createTimeline } from './timeline.ts';

const CIRCLE = '01900000-0000-7000-8000-00000000000c';
const AUTHOR = '01900000-0000-7000-8000-00000000000a';
const MEMBERS = ['mother', 'father', 'child'];
const SENT_AT = Date.parse('2026-03-11T05:46:18.000Z');

/** A status of the author, `index` milliseconds after the first. */
function statusOf(index: number) {
  const time = (SENT_AT + index).toString(16).padStart(12, '0');
  const at = new Date(SENT_AT + index + 5).toISOString();
  return { id: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000001`, writtenAt: at, acceptedAt: at };
}

const receiptOf = (index: number) => ({ ...statusOf(index), author: AUTHOR, circles: [CIRCLE] });

function frameOf(index: number, position = `0123abcd-${index + 1}`): string {
  const { id, ...times } = statusOf(index);
  const status = { id, author: { id: AUTHOR, nickname: '母' }, condition: index === 3 ? 'help' : 'ok', note: '無事', ...times };
  return JSON.stringify({ t: 'status', circle: CIRCLE, position, status });
}

/** A circle of three sockets and what they take in, without any socket. */
function createWorld() {
  const ledger = createLedger();
  const timeline = createTimeline();
  const receiver = createReceiver(ledger, timeline);
  const circle = ledger.circleOf(CIRCLE);
  const sockets = MEMBERS.map((person): Reader => {
    const attachment = { circle, slot: circle.join(person), position: '', seq: 0 };
    return { attachments: [attachment], onHello: () => undefined, onReady: () => undefined };
  });
  const tell = (text: string, to: number[] = [0, 1, 2], now = SENT_AT + 20) => {
    const bytes = Buffer.from(`..${text}..`);
    for (const index of to) {
      const socket = sockets[index];
      if (socket) receiver.take(socket, bytes, 2, bytes.length - 2, now);
    }
  };
  return { ledger, timeline, receiver, sockets, tell };
}

describe('the ledger of the socket sink', () => {
  it('finds nothing where everything came once', () => {
    const { ledger, receiver, tell } = createWorld();
    for (let index = 0; index < 40; index++) tell(frameOf(index));
    const receipts = Array.from({ length: 40 }, (_, index) => receiptOf(index));
    expect(ledger.judge(receipts)).toMatchObject({ acknowledged: 40, expected: 120, lost: 0, unconfirmed: 0 });
    expect(ledger.counts()).toMatchObject({ duplicated: 0, repeated: 0 });
    expect(receiver.totals).toMatchObject({ frames: 120, gaps: 0, strangers: 0, unreadable: 0 });
  });

  it('finds the one delivery that was dropped among many', () => {
    const { ledger, receiver, tell } = createWorld();
    for (let index = 0; index < 40; index++) tell(frameOf(index), index === 17 ? [0, 2] : [0, 1, 2]);
    const { lost, lostExamples } = ledger.judge(Array.from({ length: 40 }, (_, index) => receiptOf(index)));
    expect(lost).toBe(1);
    expect(lostExamples).toEqual([`${statusOf(17).id} in ${CIRCLE} to father`]);
    expect(receiver.gapExamples).toEqual([`father in ${CIRCLE}: 0123abcd-17 then 0123abcd-19`]);
  });

  it('finds a status that was acknowledged and reached nobody', () => {
    const { ledger, tell } = createWorld();
    tell(frameOf(0));
    expect(ledger.judge([receiptOf(0), receiptOf(1)]).lost).toBe(3);
  });

  it('calls overtaken, not lost, what no socket was sent once all have a newer one of its author', () => {
    const { ledger, tell } = createWorld();
    for (const index of [1, 2]) tell(frameOf(index));
    const judgement = ledger.judge([0, 1, 2, 4].map(receiptOf));
    const times = { acceptedAt: SENT_AT + 5, overtakenAt: SENT_AT + 6 };
    expect(judgement.overtaken).toEqual([{ id: statusOf(0).id, author: AUTHOR, circle: CIRCLE, sockets: 3, ...times }]);
    expect(judgement.lost).toBe(3);
  });

  it('calls lost what one socket was sent and others were not, or where one has no newer one either', () => {
    const { ledger, tell } = createWorld();
    tell(frameOf(0), [0]);
    tell(frameOf(2), [0, 1]);
    expect(ledger.judge([0, 1, 2].map(receiptOf))).toMatchObject({ lost: 6, overtaken: [] });
  });

  it('finds a delivery that came twice, and a status that stands twice in a feed', () => {
    const { ledger, tell } = createWorld();
    tell(frameOf(0));
    tell(frameOf(0), [2]);
    expect(ledger.counts()).toMatchObject({ duplicated: 0, repeated: 1 });
    tell(frameOf(0, '0123abcd-9'), [0]);
    expect(ledger.counts()).toMatchObject({ duplicated: 1, repeated: 2 });
  });

  it('tells which statuses reached their first socket late, once each', () => {
    const { receiver, tell } = createWorld();
    tell(frameOf(0), [0], SENT_AT + 5);
    tell(frameOf(1_000), [0], SENT_AT + 6_006);
    tell(frameOf(1_000), [1], SENT_AT + 9_000);
    expect(receiver.waits.read().waits).toEqual([{ from: SENT_AT + 1_005, until: SENT_AT + 6_006 }]);
  });

  it('takes a board for everything up to the status it shows of each author, and for nothing newer', () => {
    const { ledger, tell } = createWorld();
    tell(frameOf(0));
    const rows = [{ member: { id: AUTHOR }, status: { ...statusOf(2), condition: 'ok' } }];
    tell(JSON.stringify({ t: 'board', circle: { id: CIRCLE }, position: '99999999-3', members: rows }), [1]);
    for (const index of [1, 2]) tell(frameOf(index), [0, 2]);
    expect(ledger.judge([receiptOf(0), receiptOf(1), receiptOf(2)]).lost).toBe(0);
    expect(ledger.judge([receiptOf(3)]).lostExamples).toHaveLength(3);
  });

  it('says which statuses nobody has a receipt for', () => {
    const { ledger, tell } = createWorld();
    tell(frameOf(0));
    expect(ledger.judge([])).toMatchObject({ lost: 0, unconfirmed: 1 });
  });

  it('counts what reaches a socket that is not in the circle', () => {
    const { receiver, sockets, tell } = createWorld();
    sockets[0]?.attachments.pop();
    tell(frameOf(0));
    expect(receiver.totals.strangers).toBe(1);
  });

  it.each<[string, object]>([
    ['a board', { t: 'board', circle: { id: CIRCLE }, members: [{ member: { id: AUTHOR }, status: statusOf(1) }] }],
    ['a retraction, with what the board falls back to', { t: 'retracted', circle: CIRCLE, status: statusOf(1) }],
    ['who joined', { t: 'member', circle: CIRCLE, change: 'joined', member: { id: AUTHOR, nickname: '母' } }],
    ["the circle's new name", { t: 'circle', circle: CIRCLE, name: '家族', invites: 'members' }],
  ])('counts %s at a socket that is not in the circle, and at no other', (_, frame) => {
    const { receiver, sockets, tell } = createWorld();
    sockets[0]?.attachments.pop();
    tell(JSON.stringify({ ...frame, position: '0123abcd-1' }));
    expect(receiver.totals.strangers).toBe(1);
  });

  it('counts nothing where a frame is of no circle, or tells a phone which circles to ask for', () => {
    const { receiver, tell } = createWorld();
    for (const frame of [{ t: 'synced' }, { t: 'lag', seconds: 6 }, { t: 'hello', circles: [] }]) tell(JSON.stringify(frame));
    expect(receiver.totals.strangers).toBe(0);
  });
});

describe('latencies of the socket sink', () => {
  it('count from the time in the id, to each socket and to the last of the circle', () => {
    const { timeline, tell } = createWorld();
    tell(frameOf(3), [0, 1], SENT_AT + 13);
    tell(frameOf(3), [2], SENT_AT + 103);
    const { statuses, deliveries, each, last, help } = timeline.period(SENT_AT, SENT_AT + 1_000);
    expect({ statuses, deliveries, counts: [each.count, last.count, help.count] }).toEqual({
      statuses: 1,
      deliveries: 3,
      counts: [3, 1, 3],
    });
    expect(each.p50).toBeCloseTo(10, 0);
    expect(last.p99).toBe(100);
    expect(timeline.period(SENT_AT + 1_000, SENT_AT + 2_000).statuses).toBe(0);
  });
});
