import { CLOSE, type ClientFrame, LIVE_PROTOCOL, type ServerFrame } from '../../contract/frames.ts';
import { PRESENCE_REPEAT_SECONDS } from '../../contract/limits.ts';
import { readStayAway } from '../../contract/stay-away.ts';

export interface LiveOptions {
  url: string;
  /** Whose page it is: a connection opens as whoever is signed in by then, and one of somebody else is none of ours. */
  person: string;
  /** What to ask the service for when it has said hello: each circle's last known position. Null: only what is told to oneself. */
  positions: (() => Record<string, string>) | null;
  onFrame: (frame: ServerFrame) => void;
  /** `failures`: how many tries in a row have not become live by now; being told to stay away is no failure. */
  onState: (state: 'live' | 'lost' | 'stopped', failures: number) => void;
  random?: () => number;
  /** The browser's own, except in tests. */
  socketOf?: (url: string, protocol: string) => WebSocket;
}

/** `WebSocket.OPEN` (WHATWG WebSockets, 3.1). */
const OPEN = 1;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A service asked for what was missed answers within this time, or the connection leads nowhere any more. */
const PROOF_MS = 30_000;
/** The same where a connection was live before: it is set up, and its page says "live" all the while. */
const LIVE_PROOF_MS = 10_000;
/** After so many times of saying that its page is visible, while nothing came, a connection is asked to prove itself. */
const SILENT_BEATS = 3;

/**
 * How long to stay away after a connection was lost: full jitter, so that 20,000 phones whose gateway died do not come back
 * in step. @param attempt how many tries in a row have failed before
 */
export function chooseWait(attempt: number, random: number): number {
  return random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));
}

/** Whether the service said by its close code (contract, frames) not to come back. */
export function isFinal(closeCode: number): boolean {
  return closeCode >= 4500 && closeCode <= 4999;
}

/**
 * One live connection that comes back by itself, open only between `open` and `close`: while somebody looks at the page, which
 * it says again and again, so that no digest tells them what they see.
 */
export class LiveConnection {
  readonly #options: LiveOptions;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #visibleTimer: ReturnType<typeof setInterval> | undefined;
  #proof: ReturnType<typeof setTimeout> | undefined;
  /** How often it was said that the page is visible since anything came. */
  #silentBeats = 0;
  #attempt = 0;
  #isLive = false;
  #failures = 0;
  /** The service's word not to come back before, by this phone's clock. */
  #stayAwayUntil = 0;
  #isWanted = false;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Connects, and goes on trying. */
  open(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#attempt = 0;
    this.#connect();
  }

  /** Disconnects, for a page that nobody looks at. */
  close(): void {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#proof);
    clearInterval(this.#visibleTimer);
    if (this.#options.positions) this.#send({ t: 'visible', value: false });
    this.#socket?.close(1000);
    this.#socket = null;
  }

  /**
   * Something says that the network is back, perhaps another one: waiting times of our own are skipped, and a connection that
   * seems to be open has to prove it.
   */
  hurry(): void {
    if (!this.#isWanted || Date.now() < this.#stayAwayUntil) return;
    if (this.#socket?.readyState === OPEN) {
      this.#expectProof(this.#socket, PROOF_MS);
      this.#ask();
      return;
    }
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** The browser says that there is no network: a connection over it is none, though it closes only after minutes. */
  drop(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#lose(socket, 1006, '');
    socket.close();
  }

  #ask(): void {
    const { positions } = this.#options;
    if (positions) this.sync(positions());
    else this.#send({ t: 'sync', positions: {}, own: true });
  }

  /** Asks again for what was missed since the given positions. */
  sync(positions: Record<string, string>): void {
    this.#send({ t: 'sync', positions });
  }

  /** Says that these statuses of a circle are before somebody's eyes. False where there is no connection to say it over. */
  report(circle: string, statuses: string[]): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#send({ t: 'footprints', circle, statuses });
    return true;
  }

  #send(frame: ClientFrame): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #sayVisible(): void {
    this.#send({ t: 'visible', value: true });
  }

  /** A quiet circle and a dead network look the same from here, until one asks. */
  #beat = (): void => {
    this.#sayVisible();
    this.#silentBeats += 1;
    if (!this.#socket || this.#silentBeats < SILENT_BEATS) return;
    this.#silentBeats = 0;
    this.#expectProof(this.#socket, LIVE_PROOF_MS);
    this.#ask();
  };

  #connect(): void {
    const { url, socketOf = (address, protocol) => new WebSocket(address, protocol) } = this.#options;
    const socket = socketOf(url, LIVE_PROTOCOL);
    // One that was still connecting: its answer comes too late.
    this.#socket?.close();
    this.#socket = socket;
    this.#isLive = false;
    this.#expectProof(socket, PROOF_MS);
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      this.#silentBeats = 0;
      const frame = JSON.parse(String(data)) as ServerFrame;
      const { person, positions } = this.#options;
      if (frame.t === 'hello' && frame.person !== person) {
        this.#lose(socket, CLOSE.signedOut, '');
        return socket.close();
      }
      if (frame.t === 'hello') this.#ask();
      if (frame.t === 'synced') {
        this.#attempt = 0;
        this.#isLive = true;
        this.#failures = 0;
        clearTimeout(this.#proof);
        clearInterval(this.#visibleTimer);
        // Who is told nothing of circles here is to hear of them by alerts.
        if (positions) {
          this.#sayVisible();
          this.#visibleTimer = setInterval(this.#beat, PRESENCE_REPEAT_SECONDS * 1_000);
        }
        this.#options.onState('live', 0);
      }
      this.#options.onFrame(frame);
    };
    socket.onclose = ({ code, reason }) => this.#lose(socket, code, reason);
  }

  /** Gives a connection up that does not answer in time; closing it properly would take as long again. */
  #expectProof(socket: WebSocket, withinMs: number): void {
    clearTimeout(this.#proof);
    this.#proof = setTimeout(() => {
      this.#lose(socket, 1006, '');
      socket.close();
    }, withinMs);
  }

  #lose(socket: WebSocket, code: number, reason: string): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#proof);
    clearInterval(this.#visibleTimer);
    const stayMs = readStayAway(code, reason) * 1_000;
    if (!this.#isLive && stayMs === 0) this.#failures += 1;
    if (isFinal(code)) {
      this.#isWanted = false;
      this.#options.onState('stopped', this.#failures);
      return;
    }
    this.#options.onState('lost', this.#failures);
    if (!this.#isWanted) return;
    const random = (this.#options.random ?? Math.random)();
    // Where the service gives a time, it has spread the crowd itself.
    const wait = stayMs > 0 ? stayMs + chooseWait(0, random) : chooseWait(this.#attempt, random);
    if (stayMs === 0) this.#attempt += 1;
    this.#stayAwayUntil = Date.now() + stayMs;
    this.#timer = setTimeout(() => this.#connect(), wait);
  }
}
