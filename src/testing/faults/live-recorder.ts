import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Board } from '../../contract/circles.ts';
import { type CircleEvent, LIVE_PROTOCOL, type ServerFrame } from '../../contract/frames.ts';
import { parsePosition } from '../../contract/position.ts';
import type { Status } from '../../contract/statuses.ts';

/** A frame and when it came (ms). */
export interface RecordedFrame {
  at: number;
  frame: ServerFrame;
}

/**
 * A phone that stays connected as the contract says: `hello`, `sync` with the positions it has, backoff after 4000–4499 and
 * after broken connections, no return after 4500–4999. It keeps everything it is sent.
 */
export class LiveRecorder {
  readonly frames: RecordedFrame[] = [];
  readonly closeCodes: number[] = [];
  readonly #nextOrigin: () => string;
  readonly #token: string;
  readonly #positions = new Map<string, string>();
  #socket: WebSocket | null = null;
  #isStopped = false;
  #synced = 0;

  constructor(nextOrigin: () => string, token: string) {
    this.#nextOrigin = nextOrigin;
    this.#token = token;
    void this.#run();
  }

  /** Times that a `synced` frame came. */
  get synced(): number {
    return this.#synced;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#socket?.terminate();
  }

  /** Statuses of that circle that came after `since` (ms), by event or board. */
  statusesSince(circle: string, since: number): Status[] {
    return this.frames
      .filter(({ at }) => at > since)
      .flatMap(({ frame }) => {
        if (frame.t === 'status' && frame.circle === circle) return [frame.status];
        if (frame.t === 'board' && frame.circle.id === circle)
          return frame.members.flatMap(({ status }) => (status ? [status] : []));
        return [];
      });
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#isStopped; attempt++) {
      const code = await this.#connectOnce().catch(() => 1006);
      this.closeCodes.push(code);
      if (code >= 4500) return;
      await delay(Math.random() * Math.min(1_000, 50 * 2 ** Math.min(attempt, 5)));
    }
  }

  /** Resolves with the close code. */
  #connectOnce(): Promise<number> {
    const url = `${this.#nextOrigin().replace('http', 'ws')}/v1/live`;
    const socket = new WebSocket(url, LIVE_PROTOCOL, {
      headers: { authorization: `Bearer ${this.#token}` },
      handshakeTimeout: 3_000,
    });
    this.#socket = socket;
    return new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', (code) => resolve(code));
      socket.on('message', (data) => this.#take(socket, JSON.parse(String(data)) as ServerFrame));
    });
  }

  #take(socket: WebSocket, frame: ServerFrame): void {
    this.frames.push({ at: Date.now(), frame });
    if (frame.t === 'hello') {
      const positions = Object.fromEntries(frame.circles.map(({ id }) => [id, this.#positions.get(id) ?? '']));
      socket.send(JSON.stringify({ t: 'sync', positions }));
    } else if (frame.t === 'synced') {
      this.#synced += 1;
    } else if (frame.t === 'left') {
      this.#positions.delete(frame.circle);
    } else if (frame.t === 'board') {
      const board = frame as Board;
      this.#positions.set(board.circle.id, board.position);
    } else if ('position' in frame) {
      this.#advance(frame);
    }
  }

  /** Events may come twice; the position only goes on. */
  #advance({ circle, position }: CircleEvent): void {
    const before = parsePosition(this.#positions.get(circle) ?? '');
    const after = parsePosition(position);
    if (!before || !after || before.epoch !== after.epoch || after.seq > before.seq) this.#positions.set(circle, position);
  }
}
