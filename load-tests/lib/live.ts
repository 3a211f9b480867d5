import { Counter } from 'k6/metrics';
import { type MessageEvent, WebSocket } from 'k6/websockets';
import type { ServerFrame } from '../../src/contract/frames.ts';
import { readStayAway } from '../../src/contract/stay-away.ts';

/** The contract's subprotocol; `src/contract/frames.ts` names it too, but its schemas cannot be loaded by k6. */
const LIVE_PROTOCOL = 'buji.v1';
/** The contract's close codes: from 4500 on a client does not come back. */
const STOP_FROM = 4500;
const BACKOFF_MAX_MS = 5_000;
const reconnects = new Counter('buji_reconnects');

export interface Live {
  /** Resolves when the first `synced` came. */
  ready: Promise<void>;
  close(): void;
}

export interface LiveOptions {
  baseUrl: string;
  token: string;
  onFrame: (frame: ServerFrame) => void;
  /** Where this member stands in each circle, asked at every (re)connection. */
  positions: () => Record<string, string>;
  onRefused: (reason: string) => void;
}

/** One member's live connection as a phone keeps it: hello, sync, frames; back with full-jitter backoff when it is cut. */
export function openLive({ baseUrl, token, onFrame, positions, onRefused }: LiveOptions): Live {
  let socket: WebSocket;
  let isClosing = false;
  let attempt = 0;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });

  function connect(): void {
    const headers = { authorization: `Bearer ${token}`, 'Sec-WebSocket-Protocol': LIVE_PROTOCOL };
    socket = new WebSocket(`${baseUrl.replace(/^http/, 'ws')}/v1/live`, null, { headers, tags: { name: 'GET /v1/live' } });
    socket.addEventListener('message', (event) => receive((event as MessageEvent).data as string));
    socket.addEventListener('close', (event) => {
      const { code = 1006, reason = '' } = event as unknown as { code?: number; reason?: string };
      comeBack(code, readStayAway(code, reason));
    });
    // What failed is told by the `close` that follows, or by nothing at all where the handshake was refused.
    socket.addEventListener('error', () => {
      if (socket.readyState === 3 && !isClosing) comeBack(1006);
    });
  }

  function receive(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    onFrame(frame);
    if (frame.t === 'hello') socket.send(JSON.stringify({ t: 'sync', positions: positions() }));
    if (frame.t !== 'synced') return;
    attempt = 0;
    isReady();
  }

  let isWaiting = false;
  function comeBack(code: number, staySeconds = 0): void {
    if (isClosing || isWaiting) return;
    if (code >= STOP_FROM) {
      onRefused(`the service closed a live connection for good: ${code}`);
      return;
    }
    reconnects.add(1, { code: String(code) });
    isWaiting = true;
    attempt += 1;
    setTimeout(
      () => {
        isWaiting = false;
        if (!isClosing) connect();
      },
      staySeconds * 1_000 + Math.random() * Math.min(BACKOFF_MAX_MS, 100 * 2 ** attempt),
    );
  }

  connect();
  return {
    ready,
    close() {
      isClosing = true;
      socket.close();
    },
  };
}
