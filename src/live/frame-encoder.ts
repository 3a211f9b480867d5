/** RFC 6455, section 5.2: FIN and the opcode of a text frame. */
const TEXT = 0x81;
/** An empty ping, complete: frames of a server are not masked. */
export const PING_FRAME = Buffer.from([0x89, 0x00]);

/**
 * Payloads (UTF-8) as complete WebSocket text frames, one after the other in one buffer. Made once per circle and flush, and
 * written as it is to every socket: nothing is encoded or copied per socket.
 */
export function encodeFrames(payloads: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const payload of payloads) length += headerLength(payload.length) + payload.length;
  const frames = Buffer.allocUnsafe(length);
  let offset = 0;
  for (const payload of payloads) {
    offset = writeHeader(frames, offset, payload.length);
    frames.set(payload, offset);
    offset += payload.length;
  }
  return frames;
}

/** One text as one frame. */
export function encodeText(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerLength(length) + length);
  frame.write(text, writeHeader(frame, 0, length));
  return frame;
}

function headerLength(payloadLength: number): number {
  if (payloadLength < 126) return 2;
  return payloadLength < 65_536 ? 4 : 10;
}

/** Writes the header at `offset`; returns where the payload begins. */
function writeHeader(target: Buffer, offset: number, payloadLength: number): number {
  target[offset] = TEXT;
  if (payloadLength < 126) {
    target[offset + 1] = payloadLength;
    return offset + 2;
  }
  if (payloadLength < 65_536) {
    target[offset + 1] = 126;
    return target.writeUInt16BE(payloadLength, offset + 2);
  }
  target[offset + 1] = 127;
  target.writeUInt32BE(0, offset + 2);
  return target.writeUInt32BE(payloadLength, offset + 6);
}
