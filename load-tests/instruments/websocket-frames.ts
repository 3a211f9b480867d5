import { randomBytes } from 'node:crypto';

/** RFC 6455, section 5.2. */
export const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
/** The first bit: the last piece of a message. The three after it: an extension, such as compression. */
const WHOLE = 0x80;
const MASKED = 0x80;

export interface FrameListener {
  /** One complete frame: its payload is `bytes` from `start` to before `end`, valid only during the call. */
  onFrame(opcode: number, bytes: Buffer, start: number, end: number): void;
}

/** A server sends no frame in pieces here (none of those measured does): a piece is reported as what it is, a fault. */
export class FrameError extends Error {}

/**
 * Reads as many complete frames as `bytes` holds between `start` and `end`, and answers where the first incomplete one begins.
 * Frames of a server are not masked.
 * @throws {FrameError} at what a server may not send
 */
export function readFrames(bytes: Buffer, start: number, end: number, listener: FrameListener): number {
  let at = start;
  while (end - at >= 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    if ((first & 0xf0) !== WHOLE || second >= MASKED) throw new FrameError('a piece, masked or packed');
    let length = second;
    let header = 2;
    if (second === 126) {
      if (end - at < 4) return at;
      length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0); // readUInt16BE costs more, at every delivery
      header = 4;
    } else if (second === 127) {
      if (end - at < 10) return at;
      length = Number(bytes.readBigUInt64BE(at + 2));
      header = 10;
    }
    const payload = at + header;
    if (end - payload < length) return at;
    listener.onFrame(first & 0x0f, bytes, payload, payload + length);
    at = payload + length;
  }
  return at;
}

/** One frame of a client, masked as it must be (section 5.3). */
export function writeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extra + 4 + length);
  frame[0] = WHOLE | opcode;
  frame[1] = MASKED | (extra === 0 ? length : extra === 2 ? 126 : 127);
  if (extra === 2) frame.writeUInt16BE(length, 2);
  if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  const maskAt = 2 + extra;
  mask.copy(frame, maskAt);
  for (let index = 0; index < length; index++) {
    frame[maskAt + 4 + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return frame;
}

export function writeText(text: string): Buffer {
  return writeFrame(OPCODE.text, Buffer.from(text));
}
