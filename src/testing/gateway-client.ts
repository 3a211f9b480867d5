import { WebSocket } from 'ws';
import { LIVE_PROTOCOL, type ServerFrame } from '../contract/frames.ts';
import { parsePosition } from '../contract/position.ts';

/** A client as the contract has it: it notes every frame, and where in each circle it is. */
export class LiveClient {
  readonly ws: WebSocket;
  readonly frames: ServerFrame[] = [];
  readonly closed: Promise<number>;
  /** Circle → seq of the last board or event. */
  readonly heads = new Map<string, number>();
  /** Events that did not follow on what was there: the contract forbids each of them. */
  readonly holes: string[] = [];
  #wake = new Set<() => void>();
  #synced = 0;
  #isGreeted = false;

  constructor(port: number, headers: Record<string, string>, protocols: string[] = [LIVE_PROTOCOL]) {
    this.ws = new WebSocket(`ws://127.0.0.1:${port}/v1/live`, protocols, { headers });
    this.closed = new Promise((resolve) => this.ws.once('close', resolve));
    this.ws.on('error', () => undefined);
    this.ws.on('message', (bytes) => this.#note(JSON.parse(bytes.toString())));
    this.ws.on('close', () => this.#tell());
  }

  /** Waits until `condition` holds after some frame. @throws when the socket closes first, or after ten seconds */
  async until(condition: () => boolean, what = String(condition)): Promise<void> {
    const timeout = AbortSignal.timeout(10_000);
    while (!condition()) {
      if (timeout.aborted) throw new Error(`waited in vain for ${what}; got ${JSON.stringify(this.frames.slice(-3))}`);
      if (this.ws.readyState > WebSocket.OPEN) throw new Error(`closed while waiting for ${what}`);
      await new Promise<void>((resolve) => {
        this.#wake.add(resolve);
        timeout.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async hello(): Promise<void> {
    await this.until(() => this.#isGreeted, 'hello');
  }

  async sync(positions: Record<string, string> = {}): Promise<void> {
    await this.hello();
    const before = this.#synced;
    this.send({ t: 'sync', positions });
    await this.until(() => this.#synced > before, 'synced');
  }

  send(frame: unknown): void {
    this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  async at(circle: string, position: string): Promise<void> {
    const seq = parsePosition(position)?.seq ?? Number.NaN;
    await this.until(() => (this.heads.get(circle) ?? -1) >= seq, `seq ${seq}, at ${this.heads.get(circle)}`);
  }

  of<T extends ServerFrame['t']>(t: T, circle?: string): Extract<ServerFrame, { t: T }>[] {
    return this.frames.filter((frame) => frame.t === t && (circle === undefined || circleOf(frame) === circle)) as never;
  }

  #note(frame: ServerFrame): void {
    this.frames.push(frame);
    if (frame.t === 'hello') this.#isGreeted = true;
    if (frame.t === 'synced') this.#synced += 1;
    const circle = circleOf(frame);
    const position = 'position' in frame ? parsePosition(frame.position) : null;
    if (circle && position) {
      const head = this.heads.get(circle);
      if (frame.t !== 'board' && head !== undefined && position.seq > head + 1)
        this.holes.push(`${circle}: ${head} → ${position.seq}`);
      if (frame.t === 'board') this.heads.set(circle, position.seq);
      else this.heads.set(circle, Math.max(head ?? 0, position.seq));
    }
    this.#tell();
  }

  #tell(): void {
    const wake = this.#wake;
    this.#wake = new Set();
    for (const resolve of wake) resolve();
  }
}

function circleOf(frame: ServerFrame): string | undefined {
  if (frame.t === 'board') return frame.circle.id;
  return 'circle' in frame ? frame.circle : undefined;
}

/** Something that is held until it is let go. */
export function createBarrier() {
  let release = () => {};
  let reach = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return {
    /** Resolves when somebody stands before it. */
    reached,
    release,
    wait(): Promise<void> {
      reach();
      return released;
    },
  };
}
