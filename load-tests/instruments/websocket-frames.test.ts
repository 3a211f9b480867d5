import { describe, expect, it } from 'vitest';
import { FrameError, OPCODE, readFrames, writeText } from './websocket-frames.ts';

describe('frames of a websocket', () => {
  it('are read whole, in order, however they are cut', () => {
    const payloads = ['a', 'b'.repeat(200), 'c'.repeat(70_000), ''];
    const stream = Buffer.concat(payloads.map(unmasked));
    for (const step of [1_000, 65_536, stream.length]) {
      const seen: string[] = [];
      let start = 0;
      for (let end = Math.min(step, stream.length); start < stream.length; end = Math.min(end + step, stream.length)) {
        start = readFrames(stream, start, end, {
          onFrame(opcode, bytes, from, to) {
            expect(opcode).toBe(OPCODE.text);
            seen.push(bytes.toString('utf8', from, to));
          },
        });
      }
      expect(seen).toEqual(payloads);
    }
  });

  it.each(['hello', 'b'.repeat(200), 'c'.repeat(70_000)])('of a client are masked, whatever their length', (text) => {
    const frame = writeText(text);
    expect((frame[1] ?? 0) & 0x80).toBe(0x80);
    const mask = frame.subarray(-text.length - 4, -text.length);
    expect(Buffer.from(frame.subarray(-text.length).map((byte, at) => byte ^ (mask[at & 3] ?? 0))).toString()).toBe(text);
  });

  it('that no server sends here are refused: masked, a piece, compressed', () => {
    const whole = unmasked('hello');
    for (const frame of [writeText('hello'), withFirst(whole, 0x01), withFirst(whole, 0xc1)]) {
      expect(() => readFrames(frame, 0, frame.length, { onFrame: () => undefined })).toThrow(FrameError);
    }
  });
});

function withFirst(frame: Buffer, first: number): Buffer {
  return Buffer.concat([Buffer.from([first]), frame.subarray(1)]);
}

/** A text frame of a server (RFC 6455, section 5.2). */
function unmasked(text: string): Buffer {
  const { length } = text;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, Buffer.from(text)]);
}
