import type { StatusOrder } from '../../src/contract/status-order.ts';
import { createWaits } from '../lib/waits.ts';
import type { CircleLedger, Entry } from './circle-ledger.ts';
import { findKeyEnd, type Meaning, readFrame } from './frames.ts';
import type { Ledger } from './ledger.ts';
import type { Timeline } from './timeline.ts';

/** What one socket knows of one of its circles. */
export interface Attachment {
  readonly circle: CircleLedger;
  readonly slot: number;
  /** Where to go on after a lost connection; empty before the first board or event. */
  position: string;
  seq: number;
}

/** One socket, as far as what it is sent concerns it. */
export interface Reader {
  readonly attachments: Attachment[];
  onHello(circles: { id: string; position: string }[]): void;
  onReady(): void;
}

export type Receiver = ReturnType<typeof createReceiver>;

/** Boards of one circle at one position are the same for everybody: after a restart of Redis each is parsed once. */
const BOARDS_KEPT = 500;

/** Reads text frames into the ledger and the timeline. The same event comes to a circle's sockets one after the other: it is parsed once. */
export function createReceiver(ledger: Ledger, timeline: Timeline) {
  /** The bytes that all frames of one event begin with → the event. */
  const events = new Map<string, Entry>();
  const boards = new Map<string, Map<string, StatusOrder>>();
  const totals = { frames: 0, bytes: 0, boards: 0, gaps: 0, strangers: 0, unreadable: 0 };
  const gapExamples: string[] = [];
  const waits = createWaits();

  function take(reader: Reader, bytes: Buffer, start: number, end: number, now: number): void {
    totals.frames += 1;
    totals.bytes += end - start;
    const keyEnd = findKeyEnd(bytes, start, end);
    const known = keyEnd < 0 ? undefined : events.get(bytes.toString('latin1', start, keyEnd));
    if (known) {
      deliver(reader, known, known, now);
      return;
    }
    const meaning = read(bytes.toString('utf8', start, end));
    if (meaning?.kind !== 'status') {
      if (meaning) heed(reader, meaning);
      return;
    }
    const circle = ledger.circleOf(meaning.circle);
    const isNew = circle.find(meaning.status.id) === undefined;
    const entry = ledger.meet(circle, meaning.status);
    if (isNew) timeline.countStatus(entry);
    if (isNew) waits.add(Date.parse(entry.acceptedAt), now);
    if (isNew && keyEnd >= 0) events.set(bytes.toString('latin1', start, keyEnd), entry);
    deliver(reader, entry, toPlace(meaning.status.position), now);
  }

  function heed(reader: Reader, meaning: Meaning): void {
    if (meaning.kind === 'board') takeBoard(reader, meaning);
    else if (meaning.kind === 'event') moveOn(reader, meaning.circle, toPlace(meaning.position));
    else if (meaning.kind === 'hello') reader.onHello(meaning.circles);
    else if (meaning.kind === 'ready') reader.onReady();
  }

  function read(text: string) {
    try {
      return readFrame(text);
    } catch {
      totals.unreadable += 1;
      return undefined;
    }
  }

  function deliver(reader: Reader, entry: Entry, place: Place, now: number): void {
    const attachment = findOrCount(reader, entry.circle.id);
    if (!attachment) return;
    goTo(attachment, place);
    if (ledger.receive(entry, attachment.slot)) timeline.deliver(entry, now);
  }

  function takeBoard(reader: Reader, board: { circle: string; position: string; newest: Map<string, StatusOrder> }): void {
    totals.boards += 1;
    const attachment = findOrCount(reader, board.circle);
    if (!attachment) return;
    const key = `${board.circle} ${board.position}`;
    const newest = boards.get(key) ?? board.newest;
    if (boards.size >= BOARDS_KEPT) boards.clear();
    boards.set(key, newest);
    attachment.circle.receiveBoard(attachment.slot, newest);
    Object.assign(attachment, toPlace(board.position));
  }

  function moveOn(reader: Reader, circle: string, place: Place): void {
    const attachment = findOrCount(reader, circle);
    if (attachment) goTo(attachment, place);
  }

  /** Where nothing is found, a circle told this socket of itself that its person is not in: in these worlds nobody joins or leaves. */
  function findOrCount(reader: Reader, circle: string): Attachment | undefined {
    const attachment = find(reader, circle);
    if (!attachment) totals.strangers += 1;
    return attachment;
  }

  /** Positions count by one, also across epochs; one that was left out is a frame that never came. */
  function goTo(attachment: Attachment, { position, seq }: Place): void {
    if (attachment.position !== '' && seq > attachment.seq + 1) {
      totals.gaps += 1;
      const { circle, slot } = attachment;
      if (gapExamples.length < 20)
        gapExamples.push(`${circle.members[slot]} in ${circle.id}: ${attachment.position} then ${position}`);
    }
    if (seq < attachment.seq) return;
    attachment.position = position;
    attachment.seq = seq;
  }

  return { take, totals, gapExamples, waits };
}

interface Place {
  position: string;
  seq: number;
}

function toPlace(position: string): Place {
  return { position, seq: Number(position.slice(position.indexOf('-') + 1)) || 0 };
}

function find(reader: Reader, circle: string): Attachment | undefined {
  for (const attachment of reader.attachments) if (attachment.circle.id === circle) return attachment;
  return undefined;
}
