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
  | { kind: 'other' };

const ID_LENGTH = 36;
/** `{"t":"status","circle":"` and a circle's id, `","position":"`. */
const POSITION_AT = 24 + ID_LENGTH + 14;
const TO_ID = '","status":{"id":"'.length;
const QUOTE = 0x22;
const [S, T, A] = [0x73, 0x74, 0x61];

/**
 * Where the key ends that begins with the frame; -1 where the frame is no status. What is the same in every frame of one event
 * is its key: it is parsed once, not once per socket.
 */
export function findKeyEnd(bytes: Buffer, start: number, end: number): number {
  if (bytes[start + 6] !== S || bytes[start + 7] !== T || bytes[start + 8] !== A) return -1;
  let at = start + POSITION_AT;
  while (at < end && bytes[at] !== QUOTE) at += 1;
  return Math.min(end, at + TO_ID + ID_LENGTH);
}

/** Reads a frame of `src/contract/frames.ts`. @throws SyntaxError for what is no JSON */
export function readFrame(text: string): Meaning {
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
