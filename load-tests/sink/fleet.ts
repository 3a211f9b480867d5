import { setTimeout as delay } from 'node:timers/promises';
import { Histogram, summarise } from '../instruments/histogram.ts';
import { createLedger } from './ledger.ts';
import { createReceiver } from './receiver.ts';
import { SinkSocket, type SocketHost } from './socket.ts';
import { createTimeline } from './timeline.ts';

/** One person's socket, and the circles whose statuses it must get. */
export interface Seat {
  person: string;
  token: string;
  circles: string[];
  /** Where this one connects to; default: `urls`, in turn. */
  url?: string;
}

export interface ConnectOptions {
  urls: string[];
  seats: Seat[];
  /** New connections a second. */
  perSecond?: number;
  /** `false`: the first sync asks for every board, as a phone does that has none. */
  hasBoards?: boolean;
}

export type Fleet = ReturnType<typeof createFleet>;

const BACKOFF_FIRST_MS = 200;
const BACKOFF_MAX_MS = 5_000;
/** Linux gives out 28,000 ports for each local address; 127.0.0.0/8 has plenty of these. */
const SOCKETS_PER_ADDRESS = 20_000;
const PACE_MS = 20;

/** All sockets of the sink: opened at a pace, kept open, and what they were sent. */
export function createFleet({ urls, seats, perSecond = 1_000, hasBoards = true }: ConnectOptions) {
  const ledger = createLedger();
  const timeline = createTimeline();
  const receiver = createReceiver(ledger, timeline);
  const counts = { ready: 0, reconnects: 0, refused: 0, stopped: 0, closes: {} as Record<string, number> };
  /** From the loss of a socket until it is synced again. */
  let resync = new Histogram();
  let lastReadyAt = 0;
  let returnWithinMs = 0;
  let isEnding = false;
  let waiting: (() => void)[] = [];

  const host: SocketHost = {
    receiver,
    hasBoards,
    now: () => performance.timeOrigin + performance.now(),
    onReady(socket) {
      counts.ready += 1;
      lastReadyAt = host.now();
      if (socket.lostAt > 0) resync.add((lastReadyAt - socket.lostAt) * 1_000);
      settle();
    },
    onLost(socket, code, waitMs, isForGood) {
      counts.closes[code] = (counts.closes[code] ?? 0) + 1;
      if (isEnding) return;
      if (isForGood) {
        counts.refused += 1;
        counts.stopped += 1;
        settle();
        return;
      }
      counts.reconnects += 1;
      setTimeout(() => isEnding || socket.open(), waitMs + backoff(socket.attempt));
    },
  };

  function backoff(attempt: number): number {
    const limit = attempt === 0 && returnWithinMs > 0 ? returnWithinMs : BACKOFF_FIRST_MS * 2 ** attempt;
    return Math.random() * Math.min(Math.max(BACKOFF_MAX_MS, returnWithinMs), limit);
  }

  const places = urls.map((url) => new URL(url));
  const sockets = seats.map((seat, index) => {
    const own =
      seat.url === undefined ? places.map((_place, turn) => places[(index + turn) % places.length]) : [new URL(seat.url)];
    return new SinkSocket(host, {
      urls: own.filter((url) => url !== undefined),
      token: seat.token,
      attachments: seat.circles.map((id) => {
        const circle = ledger.circleOf(id);
        return { circle, slot: circle.join(seat.person), position: '', seq: 0 };
      }),
      ...(index >= SOCKETS_PER_ADDRESS && { localAddress: `127.0.0.${1 + Math.floor(index / SOCKETS_PER_ADDRESS)}` }),
    });
  });

  /** Counted anew each time it is asked for: a socket may be lost and back between two questions. */
  const readyNow = () => sockets.reduce((sum, { isReady }) => sum + (isReady ? 1 : 0), 0);

  function settle(): void {
    if (waiting.length === 0 || readyNow() + counts.stopped < sockets.length) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  function untilAllReady(): Promise<void> {
    return new Promise((resolve) => {
      waiting.push(resolve);
      settle();
    });
  }

  return {
    ledger,
    timeline,
    receiver,
    untilAllReady,

    /** Resolves when every socket is synced, or was refused for good. */
    async connect(): Promise<void> {
      const perStep = Math.max(1, Math.round((perSecond * PACE_MS) / 1_000));
      for (let start = 0; start < sockets.length; start += perStep) {
        for (const socket of sockets.slice(start, start + perStep)) socket.open();
        await delay(PACE_MS);
      }
      await untilAllReady();
    },

    /** Cuts all sockets in one go; each comes back within `withinMs`, and then with the usual backoff. Resolves when all are. */
    async dropAll(withinMs: number): Promise<{ milliseconds: number; resync: ReturnType<typeof summarise> }> {
      returnWithinMs = withinMs;
      resync = new Histogram();
      const startedAt = host.now();
      for (const socket of sockets) socket.drop();
      await untilAllReady();
      return { milliseconds: Math.round(lastReadyAt - startedAt), resync: summarise(resync) };
    },

    state: () => ({
      sockets: sockets.length,
      ...counts,
      ready: readyNow(),
      lastReadyAt,
      resync: summarise(resync),
      ...receiver.totals,
      gapExamples: receiver.gapExamples,
      ...ledger.counts(),
    }),

    end(): void {
      isEnding = true;
      for (const socket of sockets) socket.end();
    },
  };
}
