import { connect, type Socket } from 'node:net';
import { readStayAway } from '../../src/contract/stay-away.ts';
import { type FrameListener, OPCODE, readFrames, writeFrame, writeText } from '../instruments/websocket-frames.ts';
import { readHandshake, startHandshake } from './handshake.ts';
import type { Attachment, Reader, Receiver } from './receiver.ts';

/** What all sockets of the sink share. */
export interface SocketHost {
  receiver: Receiver;
  /** Whether the first sync asks for no boards, as a phone that kept them does. */
  hasBoards: boolean;
  /** Milliseconds since 1970, with a fraction. */
  now(): number;
  onReady(socket: SinkSocket): void;
  /** It is closed; `waitMs` is how long the server asked it to stay away, `isForGood` that it must not come back. */
  onLost(socket: SinkSocket, code: number, waitMs: number, isForGood: boolean): void;
}

/** The contract's close codes: from here on a client does not come back. */
const STOP_FROM = 4500;
/** No close frame came: RFC 6455, section 7.1.5. */
const ABNORMAL = 1006;
/** One buffer for all sockets: what is read is taken in before the next read. */
const readBuffer = Buffer.allocUnsafe(256 * 1024);
const NOTHING = Buffer.alloc(0);

/** One live connection of one person, as a phone keeps it, but cheap: no event per frame, no buffer of its own. */
export class SinkSocket implements Reader, FrameListener {
  readonly attachments: Attachment[];
  attempt = 0;
  isReady = false;
  lostAt = 0;
  readonly #host: SocketHost;
  readonly #urls: URL[];
  readonly #token: string;
  readonly #localAddress: string | undefined;
  #socket: Socket | null = null;
  #rest: Buffer = NOTHING;
  #accept = '';
  #isOpen = false;
  /** When the bytes that are being read came. */
  #cameAt = 0;

  constructor(host: SocketHost, target: { urls: URL[]; token: string; attachments: Attachment[]; localAddress?: string }) {
    this.#host = host;
    this.#urls = target.urls;
    this.#token = target.token;
    this.attachments = target.attachments;
    this.#localAddress = target.localAddress;
  }

  open(): void {
    const url = this.#urls[this.attempt % this.#urls.length];
    if (!url) return;
    this.attempt += 1;
    this.#rest = NOTHING;
    this.#isOpen = false;
    const { request, accept } = startHandshake(url, this.#token);
    this.#accept = accept;
    const socket = connect({
      host: url.hostname,
      port: Number(url.port || 80),
      ...(this.#localAddress && { localAddress: this.#localAddress }),
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length: number) => {
          if (this.#socket === socket) this.#read(length);
          return true;
        },
      },
    });
    this.#socket = socket;
    socket.on('error', () => undefined); // told by the close that follows
    socket.on('close', () => {
      if (this.#socket === socket) this.#lose(ABNORMAL, 0, false);
    });
    socket.write(request);
  }

  /** Without a goodbye, as when a phone loses its network; `onLost` follows as for any other loss. */
  drop(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#lose(ABNORMAL, 0, false);
    socket.resetAndDestroy();
  }

  /** For the end of the run: nothing follows. */
  end(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.isReady = false;
    socket?.destroy();
  }

  onHello(circles: { id: string; position: string }[]): void {
    const known = new Map(this.attachments.map((attachment) => [attachment.circle.id, attachment]));
    const positions = circles.map(({ id, position }) => {
      const attachment = known.get(id);
      if (attachment && attachment.position === '' && this.#host.hasBoards) {
        attachment.position = position;
        attachment.seq = Number(position.slice(position.indexOf('-') + 1)) || 0;
      }
      return [id, attachment?.position ?? ''];
    });
    this.#socket?.write(writeText(JSON.stringify({ t: 'sync', positions: Object.fromEntries(positions) })));
  }

  onReady(): void {
    if (this.isReady) return;
    this.isReady = true;
    this.attempt = 0;
    this.#host.onReady(this);
  }

  #read(length: number): void {
    const isWhole = this.#rest.length === 0;
    const bytes = isWhole ? readBuffer : Buffer.concat([this.#rest, readBuffer.subarray(0, length)]);
    const end = isWhole ? length : bytes.length;
    let at = 0;
    if (!this.#isOpen) {
      const answer = readHandshake(bytes, end, this.#accept);
      if (answer.kind === 'refused') {
        const socket = this.#socket;
        const isForGood = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
        this.#lose(answer.status, answer.retryAfterSeconds * 1_000, isForGood);
        socket?.destroy();
        return;
      }
      if (answer.kind === 'open') {
        this.#isOpen = true;
        at = answer.bodyAt;
      }
    }
    try {
      this.#cameAt = this.#host.now();
      if (this.#isOpen) at = readFrames(bytes, at, end, this);
    } catch {
      this.drop(); // not a WebSocket any more: what follows cannot be read
      return;
    }
    // A copy: the buffer is everybody's.
    this.#rest = at === end ? NOTHING : Buffer.from(bytes.subarray(at, end));
  }

  onFrame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === OPCODE.text) this.#host.receiver.take(this, bytes, start, end, this.#cameAt);
    else if (opcode === OPCODE.ping) this.#socket?.write(writeFrame(OPCODE.pong, bytes.subarray(start, end)));
    else if (opcode === OPCODE.close) this.#close(bytes.subarray(start, end));
  }

  /** The server said goodbye: it is answered in kind (section 5.5.1). */
  #close(goodbye: Buffer): void {
    const socket = this.#socket;
    const code = goodbye.length >= 2 ? goodbye.readUInt16BE(0) : ABNORMAL;
    const waitMs = readStayAway(code, goodbye.toString('utf8', 2)) * 1_000;
    this.#lose(code, waitMs, code >= STOP_FROM && code < 5_000);
    socket?.end(writeFrame(OPCODE.close, NOTHING));
  }

  #lose(code: number, waitMs: number, isForGood: boolean): void {
    if (!this.#socket) return;
    this.#socket = null;
    this.isReady = false;
    this.lostAt = this.#host.now();
    this.#host.onLost(this, code, waitMs, isForGood);
  }
}
