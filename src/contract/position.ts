import { Type } from 'typebox';

const PATTERN = '^([0-9a-f]{8})-(0|[1-9][0-9]{0,14})$';
const POSITION = new RegExp(PATTERN);

/** A place in a circle's feed: `"<epoch>-<seq>"`. `seq` counts the circle's events by one within and across epochs. */
export const Position = Type.String({ pattern: PATTERN, description: '<epoch>-<seq>' });

export interface ParsedPosition {
  /** Eight hex digits; a circle gets a new one when its Redis was restarted or failed over. */
  epoch: string;
  seq: number;
}

/** Reads a position; null where the text is none. */
export function parsePosition(text: string): ParsedPosition | null {
  const match = POSITION.exec(text);
  return match?.[1] && match[2] ? { epoch: match[1], seq: Number(match[2]) } : null;
}

/** Writes a position. */
export function formatPosition({ epoch, seq }: ParsedPosition): string {
  return `${epoch}-${seq}`;
}
