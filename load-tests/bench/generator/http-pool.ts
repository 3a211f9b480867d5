import { createConnection, type Socket } from 'node:net';
import { monotonicMicros } from '../lib/clock.ts';

/** Told the status code (0: no answer), when the request went out, and the seconds of `Retry-After` (0: none was named). */
type Done = (status: number, sentAt: number, retryAfter: number) => void;
interface Waiting {
  text: string;
  done: Done;
}

const HEADERS_END = Buffer.from('\r\n\r\n');
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i;
const RETRY_AFTER = /\r\nretry-after: *(\d+)/i;
const shared = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Keep-alive connections, one request at a time on each; what finds none free waits, and its latency goes on counting. They are
 * opened when they are needed: a server answers 408 on one that says nothing for long, and a request may just cross with that.
 */
export class HttpPool {
  readonly #port: number;
  readonly #free: Connection[] = [];
  /** How many more may be opened. */
  #unopened: number;
  #queue: Waiting[] = [];
  #head = 0;

  constructor(port: number, connections: number) {
    this.#port = port;
    this.#unopened = connections;
  }

  get waiting(): number {
    return this.#queue.length - this.#head;
  }

  send(text: string, done: Done): void {
    const connection = this.#free.pop() ?? this.#openAnother();
    if (!connection) this.#queue.push({ text, done });
    else (connection.isLost ? this.#open() : connection).send(text, done);
  }

  #openAnother(): Connection | undefined {
    if (this.#unopened === 0) return undefined;
    this.#unopened -= 1;
    return this.#open();
  }

  #open(): Connection {
    return new Connection(
      this.#port,
      (connection) => this.#onFree(connection),
      () => this.#onFree(this.#open()),
    );
  }

  #onFree(connection: Connection): void {
    const next = this.#queue[this.#head];
    if (!next) {
      this.#free.push(connection);
      return;
    }
    this.#head += 1;
    if (this.#head === this.#queue.length || this.#head > 10_000) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    connection.send(next.text, next.done);
  }
}

/** One connection; an answer is read only as far as its length and its code. */
class Connection {
  isLost = false;
  readonly #socket: Socket;
  readonly #onFree: (connection: Connection) => void;
  #done: Done | null = null;
  #sentAt = 0;
  #rest: Buffer | null = null;

  constructor(port: number, onFree: (connection: Connection) => void, onLost: () => void) {
    this.#onFree = onFree;
    const onread = { buffer: shared, callback: (length: number) => this.#onRead(length) };
    this.#socket = createConnection({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      const done = this.#done;
      this.#done = null;
      done?.(0, this.#sentAt, 0);
      this.isLost = true;
      // One that was closed while idle is still in the list, and replaced when it is its turn.
      if (done) onLost();
    });
  }

  send(text: string, done: Done): void {
    this.#done = done;
    this.#sentAt = monotonicMicros();
    this.#socket.write(text);
  }

  #onRead(length: number): boolean {
    const fresh = shared.subarray(0, length);
    const bytes = this.#rest === null ? fresh : Buffer.concat([this.#rest, fresh]);
    const headersEnd = bytes.indexOf(HEADERS_END);
    const head = headersEnd < 0 ? '' : bytes.toString('latin1', 0, headersEnd);
    const size = Number(CONTENT_LENGTH.exec(head)?.[1] ?? 0);
    if (headersEnd < 0 || bytes.length < headersEnd + HEADERS_END.length + size) {
      this.#rest = this.#rest === null ? Buffer.from(bytes) : bytes;
      return true;
    }
    this.#rest = null;
    const done = this.#done;
    this.#done = null;
    const status = Number(head.slice(9, 12));
    done?.(status, this.#sentAt, status < 400 ? 0 : Number(RETRY_AFTER.exec(head)?.[1] ?? 0));
    this.#onFree(this);
    return true;
  }
}
