import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { CLOSE, type ServerFrame } from '../contract/frames.ts';
import { Bucket } from './bucket.ts';
import { encodeText } from './frame-encoder.ts';
import type { LiveLimits } from './live-limits.ts';
import type { LiveMetrics } from './live-metrics.ts';
import type { TickWriter } from './tick-writer.ts';

/** The socket class that `ws` makes: its handlers are shared functions, which find their connection here. */
export class LiveSocket extends WebSocket {
  connection: Connection | undefined;
}

/** A circle that a connection is told of; its hub gives it. */
export interface Attached {
  readonly circle: string;
  /** Nothing more of this circle; says nothing to the client. */
  detach(): void;
}

/** What all connections of a gateway share. */
export interface ConnectionHost {
  writer: TickWriter;
  limits: LiveLimits;
  metrics: LiveMetrics;
  /** Called once, as soon as nothing more may be delivered to the connection; its socket may still be closing. */
  onClosed(connection: Connection): void;
}

const settled = Promise.resolve();

/**
 * One socket of one device. It knows what is to be written in this tick and what this socket may cost; what is delivered is
 * the business of hubs. Twenty thousand of these live in one process: no closure, timer or map per socket.
 */
export class Connection {
  readonly person: string;
  readonly session: string;
  /** Where the conversation is: `hello` not sent; waiting for the first sync; being told events. */
  phase: 'greeting' | 'greeted' | 'synced' = 'greeting';
  /** Circles of the person as known before the first sync; afterwards the attachments are what counts. */
  circles: string[] = [];
  attachments: Attached[] = [];
  /** Positions of a sync that waits for its turn: null is none, and only the newest counts. */
  waitingSync: Record<string, string> | null = null;
  isSyncing = false;
  /** Its client asked for nothing but what is told to this person alone. */
  isOwnOnly = false;
  /** How many syncs were begun. */
  syncs = 0;
  isOpen = true;
  isAlive = true;
  writtenAt = 0;
  pingSlot = 0;
  syncSlot = 0;
  readonly #host: ConnectionHost;
  readonly #ws: LiveSocket;
  readonly #socket: Duplex;
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  /** Bytes of snapshots in this tick, and those that are perhaps still unread: not to have read *those* yet is no fault. */
  #snapshotBytes = 0;
  #allowedBytes = 0;
  readonly #frames: Bucket;
  #turn: Promise<void> = settled;
  #syncsSeen = 0;

  constructor(host: ConnectionHost, ws: LiveSocket, socket: Duplex, identity: { person: string; session: string }) {
    this.#host = host;
    this.#ws = ws;
    this.#socket = socket;
    this.person = identity.person;
    this.session = identity.session;
    this.#frames = new Bucket(host.limits.frames, performance.now());
  }

  /** Adds complete frames to what this socket gets at the end of the tick. */
  enqueue(frames: Buffer): void {
    if (!this.isOpen) return;
    if (this.#first !== null) {
      if (this.#more === null) this.#more = [frames];
      else this.#more.push(frames);
      return;
    }
    this.#first = frames;
    this.#host.writer.addConnection(this);
  }

  send(frame: ServerFrame): void {
    if (!this.isOpen) return;
    const bytes = encodeText(JSON.stringify(frame));
    this.#host.metrics.countSent(1, bytes.length);
    this.enqueue(bytes);
  }

  /** Like `enqueue`, for a board or missed events: these may be larger than what a socket may leave unread. */
  enqueueSnapshot(frames: Buffer, count: number): void {
    this.#host.metrics.countSent(count, frames.length);
    this.#snapshotBytes += frames.length;
    this.enqueue(frames);
  }

  /**
   * Writes what came up, in one write. A socket that left too much unread is closed instead: it catches up by position.
   * @returns how many writes it was: 1 or 0
   */
  flush(): number {
    const first = this.#first;
    const more = this.#more;
    this.#first = null;
    this.#more = null;
    if (!this.isOpen || first === null) return 0;
    const { maxBufferedBytes } = this.#host.limits;
    const backlog = this.#socket.writableLength;
    if (backlog <= maxBufferedBytes) this.#allowedBytes = 0;
    if (backlog > maxBufferedBytes + this.#allowedBytes) {
      this.#host.metrics.slowSocketClosed();
      this.close(CLOSE.tooSlow);
      return 0;
    }
    this.#allowedBytes += this.#snapshotBytes;
    this.#snapshotBytes = 0;
    if (more === null) {
      this.#socket.write(first);
      return 1;
    }
    this.#socket.cork();
    this.#socket.write(first);
    for (const frames of more) this.#socket.write(frames);
    this.#socket.uncork();
    return 1;
  }

  /** Runs reads for this connection one after the other, so that a socket that does not read costs one board and not thirty. */
  inTurn(task: () => Promise<void>): Promise<void> {
    const run = this.#turn.then(task);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  /** Resolves when the socket has room for a snapshot, or is closed. */
  async hasRoom(): Promise<void> {
    const socket = this.#socket;
    while (this.isOpen && socket.writableLength > this.#host.limits.maxBufferedBytes) {
      await new Promise<void>((resolve) => {
        const done = () => {
          socket.off('drain', done).off('close', done);
          resolve();
        };
        socket.on('drain', done).on('close', done);
      });
    }
  }

  /**
   * Asked once per round of pings: whether a sync has been waiting for a whole round, and not for the client to read. Its circle
   * cannot be subscribed to or read; the client is better off elsewhere.
   */
  isStuck(): boolean {
    const isStuck = this.isSyncing && this.syncs === this.#syncsSeen && this.#socket.writableLength === 0;
    this.#syncsSeen = this.syncs;
    return isStuck;
  }

  /** Counts a frame of the client; false when it sends more than any phone does. */
  mayReceive(): boolean {
    return this.#frames.take(performance.now());
  }

  findAttachment(circle: string): Attached | undefined {
    return this.attachments.find((attachment) => attachment.circle === circle);
  }

  /**
   * Says goodbye with a code of the contract; from here on nothing is delivered. What waits for the end of the tick is dropped:
   * the client comes back by position, or must not see it. `ws` destroys the socket when the goodbye gets no answer in time.
   */
  close(code: number): void {
    if (!this.isOpen) return;
    this.#end();
    this.#ws.close(code);
  }

  /** Cuts the socket off without a word: it is dead, or does not answer. */
  terminate(): void {
    this.#end();
    this.#ws.terminate();
  }

  /** The socket closed. */
  onSocketClosed(): void {
    this.#end();
  }

  #end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#first = null;
    this.#more = null;
    this.waitingSync = null;
    this.#host.onClosed(this);
  }
}
