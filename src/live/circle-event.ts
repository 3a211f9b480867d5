import { type ParsedPosition, parsePosition } from '../contract/position.ts';

/** An event of one circle on its way to sockets. */
export interface CircleEventBytes extends ParsedPosition {
  /** `status`, `retracted`, `joined`, `changed`, `left`, `circle`, `deleted`: the header's first word. */
  kind: string;
  /** The header's second word: the status or the person it is about. */
  subject: string;
  /** The frame's JSON in UTF-8, as clients get it. */
  payload: Buffer;
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** Reads one message, one event or several, as `lua/emit.lua` publishes it. Null where it is anything else: a bug, or a stranger. */
export function parsePublished(message: Buffer): CircleEventBytes[] | null {
  const events: CircleEventBytes[] = [];
  let at = message[0] === LINE_FEED ? 1 : 0;
  while (at < message.length) {
    const positionEnd = message.indexOf(SPACE, at);
    const lineEnd = message.indexOf(LINE_FEED, at);
    if (positionEnd < 0 || lineEnd < positionEnd) return null;
    const nextLine = message.indexOf(LINE_FEED, lineEnd + 1);
    const frameEnd = nextLine < 0 ? message.length : nextLine;
    const header = message.toString('latin1', positionEnd + 1, lineEnd);
    const event = toEvent(message.toString('latin1', at, positionEnd), header, message.subarray(lineEnd + 1, frameEnd));
    if (!event) return null;
    events.push(event);
    at = frameEnd + 1;
  }
  return events.length > 0 ? events : null;
}

/** The same from the feed. */
export function parseFeedEvent(event: { position: string; header: string; frame: string }): CircleEventBytes | null {
  return toEvent(event.position, event.header, Buffer.from(event.frame));
}

function toEvent(positionText: string, header: string, payload: Buffer): CircleEventBytes | null {
  const position = parsePosition(positionText);
  const space = header.indexOf(' ');
  if (!position || space < 1) return null;
  return { epoch: position.epoch, seq: position.seq, kind: header.slice(0, space), subject: header.slice(space + 1), payload };
}

const ACCEPTED_AT = '"acceptedAt":"';
const TIME_LENGTH = '2026-03-11T05:52:10.000Z'.length;

/**
 * When the status in this event was accepted (ms), found without parsing the JSON, as every event passes here. A person's own
 * words cannot contain the mark, for JSON escapes their quotation marks. NaN where there is none.
 */
export function findAcceptedAt(payload: Buffer): number {
  const start = payload.indexOf(ACCEPTED_AT);
  if (start < 0) return Number.NaN;
  const from = start + ACCEPTED_AT.length;
  return Date.parse(payload.toString('latin1', from, from + TIME_LENGTH));
}

const HELP = '"condition":"help"';

/** Whether somebody needs help: told at once, however much is gathered. Found like `findAcceptedAt`. */
export function isUrgent({ kind, payload }: CircleEventBytes): boolean {
  return kind === 'status' && payload.includes(HELP);
}
