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

/** Reads what `lua/emit.lua` publishes: `<position> <kind> <id>\n<frame>`. Null where it is anything else: a bug, or a stranger. */
export function parsePublished(message: Buffer): CircleEventBytes | null {
  const lineEnd = message.indexOf(LINE_FEED);
  const positionEnd = message.indexOf(SPACE);
  if (positionEnd < 0 || lineEnd < positionEnd) return null;
  const position = message.toString('latin1', 0, positionEnd);
  return toEvent(position, message.toString('latin1', positionEnd + 1, lineEnd), message.subarray(lineEnd + 1));
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
