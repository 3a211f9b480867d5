import { Compile } from 'typebox/compile';
import { ClientFrame } from '../contract/frames.ts';
import { isId } from '../contract/ids.ts';

const frames = Compile(ClientFrame);

/** Reads a text frame of a client; null where it is none of the contract's. */
export function parseClientFrame(data: Buffer): ClientFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(data.toString());
  } catch {
    return null;
  }
  if (!frames.Check(value)) return null;
  // The schema checks the positions of circles; JSON Schema lets other names pass beside a pattern.
  if (value.t === 'sync' && !Object.keys(value.positions).every(isId)) return null;
  return value;
}
