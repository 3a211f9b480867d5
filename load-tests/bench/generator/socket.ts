import { randomBytes } from 'node:crypto';
import { createConnection, type Socket as TcpSocket } from 'node:net';
import { FrameError, type FrameListener, OPCODE, readFrames, writeFrame, writeText } from '../../instruments/websocket-frames.ts';
import type { BenchPerson } from '../lib/world.ts';
import { DIALECTS, type DialectName } from './dialects.ts';

export interface SocketOptions {
  dialect: DialectName;
  port: number;
  localHost: string | undefined;
  person: BenchPerson;
  circles: string[];
  /** A status came; its id begins at `idAt`. */
  onStatus(bytes: Buffer, idAt: number): void;
  onClosed(): void;
}

/** What stands before the id of a status in every contender's event, and nowhere else in it. */
const MARK = Buffer.from('"status":{"id":"');
const HEADERS_END = '\r\n\r\n';
const NOTHING = Buffer.alloc(0);
/** All sockets read into this one: what is not a whole frame is copied to the socket that it belongs to. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);

/** One client's WebSocket, as cheap as JavaScript has it. */
export class Socket implements FrameListener {
  readonly ready: Promise<void>;
  readonly #options: SocketOptions;
  readonly #tcp: TcpSocket;
  #rest: Buffer | null = null;
  #isUpgraded = false;
  #isReady = false;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#tcp = createConnection({
      port: options.port,
      host: '127.0.0.1',
      ...(options.localHost !== undefined && { localAddress: options.localHost }),
      noDelay: true,
      onread: { buffer: shared, callback: (length: number) => this.#onRead(length) },
    });
    this.#tcp.on('connect', () => this.#tcp.write(this.#handshake()));
    this.#tcp.on('error', () => undefined);
    this.#tcp.on('close', () => this.#onClose());
  }

  #handshake(): string {
    const { dialect, person, circles } = this.#options;
    const { path, headers } = DIALECTS[dialect].upgrade(person, circles);
    const key = randomBytes(16).toString('base64');
    const always = ['host: 127.0.0.1', 'connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];
    return `GET ${path} HTTP/1.1\r\n${[...always, `sec-websocket-key: ${key}`, ...headers].join('\r\n')}${HEADERS_END}`;
  }

  #onRead(length: number): boolean {
    const rest = this.#rest;
    if (rest === null) this.#take(shared, length);
    else {
      this.#rest = null;
      this.#take(Buffer.concat([rest, shared.subarray(0, length)]), rest.length + length);
    }
    return true;
  }

  #take(bytes: Buffer, length: number): void {
    let from = 0;
    if (!this.#isUpgraded) {
      from = this.#readAnswer(bytes, length);
      if (from === 0) return;
    }
    try {
      from = readFrames(bytes, from, length, this);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#tcp.destroy(); // not a WebSocket any more: counted as closed
      return;
    }
    if (from < length) this.#rest = Buffer.from(bytes.subarray(from, length));
  }

  /** Where the frames begin; 0 while the answer is not complete. */
  #readAnswer(bytes: Buffer, length: number): number {
    const end = bytes.subarray(0, length).indexOf(HEADERS_END);
    if (end < 0) {
      this.#rest = Buffer.from(bytes.subarray(0, length));
      return 0;
    }
    const answer = bytes.toString('latin1', 0, end);
    if (!answer.startsWith('HTTP/1.1 101')) {
      this.#reject(new Error(`handshake refused: ${answer.split('\r\n', 1)[0]}`));
      this.#tcp.destroy();
      return 0;
    }
    this.#isUpgraded = true;
    if (DIALECTS[this.#options.dialect].isReadyAtOnce) this.#becomeReady();
    return end + HEADERS_END.length;
  }

  onFrame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === OPCODE.text) this.#onText(bytes, start, end);
    else if (opcode === OPCODE.ping) this.#tcp.write(writeFrame(OPCODE.pong, NOTHING));
    else if (opcode === OPCODE.close) this.#tcp.end();
  }

  #onText(bytes: Buffer, start: number, end: number): void {
    const mark = bytes.indexOf(MARK, start);
    if (mark >= 0 && mark < end) {
      this.#options.onStatus(bytes, mark + MARK.length);
      return;
    }
    const { dialect, person } = this.#options;
    const { answer, ready } = DIALECTS[dialect].onText(bytes.toString('utf8', start, end), person);
    if (answer !== undefined) this.#tcp.write(writeText(answer));
    if (ready) this.#becomeReady();
  }

  #becomeReady(): void {
    this.#isReady = true;
    this.#resolve();
  }

  #onClose(): void {
    if (this.#isReady) this.#options.onClosed();
    else this.#reject(new Error('the socket closed before it was ready'));
  }
}
