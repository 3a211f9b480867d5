import type { StatusOrder } from '../../src/contract/status-order.ts';
import type { SeenStatus } from './circle-ledger.ts';

/** What a text frame is to the sink. */
export type Meaning =
  | { kind: 'status'; circle: string; status: SeenStatus }
  | { kind: 'board'; circle: string; position: string; newest: Map<string, StatusOrder> }
  /** An event that only moves the position on. */
  | { kind: 'event'; circle: string; position: string }
  /** Answer with what `greet` gives: the positions are to be told. */
  | { kind: 'hello'; circles: { id: string; position: string }[] }
  | { kind: 'ready' }
  | { kind: 'answer'; text: string }
  | { kind: 'other' };

/** How one server speaks. What is the same in every frame of one event is its key: it is parsed once, not once per socket. */
export interface Dialect {
  subprotocol: string | null;
  /** Whether a socket takes part as soon as it is upgraded. */
  isReadyAtOnce: boolean;
  /** Where the key ends that begins with the frame; -1 where the frame is no status. */
  keyEnd(bytes: Buffer, start: number, end: number): number;
  read(text: string): Meaning;
}

const ID_LENGTH = 36;
const ID_MARK = '"id":"';
/** `{"t":"status","circle":"` and a circle's id, `","position":"`. */
const POSITION_AT = 24 + ID_LENGTH + 14;
const TO_ID = '","status":{"id":"'.length;
const QUOTE = 0x22;
const [S, T, A] = [0x73, 0x74, 0x61];

/** The contract's own: `src/contract/frames.ts`. */
const buji: Dialect = {
  subprotocol: 'buji.v1',
  isReadyAtOnce: false,
  keyEnd(bytes, start, end) {
    if (bytes[start + 6] !== S || bytes[start + 7] !== T || bytes[start + 8] !== A) return -1;
    let at = start + POSITION_AT;
    while (at < end && bytes[at] !== QUOTE) at += 1;
    return Math.min(end, at + TO_ID + ID_LENGTH);
  },
  read(text) {
    const frame = JSON.parse(text);
    switch (frame.t) {
      case 'status':
        return toStatus(frame.circle, frame.position, frame.status);
      case 'board':
        return { kind: 'board', circle: frame.circle.id, position: frame.position, newest: newestOf(frame.members) };
      case 'hello':
        return { kind: 'hello', circles: frame.circles };
      case 'synced':
        return { kind: 'ready' };
      default:
        return frame.circle && frame.position
          ? { kind: 'event', circle: frame.circle, position: frame.position }
          : { kind: 'other' };
    }
  },
};

/** Any server that sends `{"circle", "id", …}` as it is, with no greeting; the first `"id"` in the frame is the status's. */
const plain: Dialect = {
  subprotocol: null,
  isReadyAtOnce: true,
  keyEnd: (bytes, start, end) => idEnd(bytes, start, end),
  read(text) {
    const frame = JSON.parse(text);
    return typeof frame.circle === 'string' ? toStatus(frame.circle, frame.position, frame.status ?? frame) : { kind: 'other' };
  },
};

/** Socket.IO 4 over a WebSocket (engine.io 4): `42["status",{…}]`, with the same object as `plain`. */
const socketIo: Dialect = {
  subprotocol: null,
  isReadyAtOnce: false,
  // '4' message, '2' event
  keyEnd: (bytes, start, end) => (bytes[start] === 0x34 && bytes[start + 1] === 0x32 ? idEnd(bytes, start, end) : -1),
  read(text) {
    if (text.startsWith('42')) return plain.read(JSON.stringify(JSON.parse(text.slice(text.indexOf('[')))[1]));
    if (text.startsWith('40')) return { kind: 'ready' };
    // '0' open: ask for the default namespace; '2' ping: '3' pong
    if (text.startsWith('0')) return { kind: 'answer', text: '40' };
    return text === '2' ? { kind: 'answer', text: '3' } : { kind: 'other' };
  },
};

export const DIALECTS: Record<string, Dialect> = { buji, plain, 'socket.io': socketIo };

function idEnd(bytes: Buffer, start: number, end: number): number {
  const at = bytes.indexOf(ID_MARK, start, 'latin1');
  return at < 0 || at >= end ? -1 : Math.min(end, at + ID_MARK.length + ID_LENGTH);
}

interface StatusLike {
  id: string;
  condition?: string;
  writtenAt?: string;
  acceptedAt?: string;
  author?: { id: string } | string;
}

function toStatus(circle: string, position: string | undefined, status: StatusLike): Meaning {
  const { id, condition = 'ok', writtenAt = '', acceptedAt = '', author = '' } = status;
  const name = typeof author === 'string' ? author : author.id;
  return { kind: 'status', circle, status: { id, condition, writtenAt, acceptedAt, author: name, position: position ?? '' } };
}

function newestOf(rows: { member: { id: string }; status: StatusOrder | null }[]): Map<string, StatusOrder> {
  const newest = new Map<string, StatusOrder>();
  for (const { member, status } of rows) {
    if (!status) continue;
    newest.set(member.id, { id: status.id, writtenAt: status.writtenAt, acceptedAt: status.acceptedAt });
  }
  return newest;
}
