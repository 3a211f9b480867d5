import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as ClientSocket, type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { CLOSE, type ClientFrame, LIVE_PROTOCOL, type ServerFrame } from '../../contract/frames.ts';
import { PRESENCE_SECONDS } from '../../contract/limits.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { chooseWait, isFinal, LiveConnection } from './live-connection.ts';

const HELLO: ServerFrame = { t: 'hello', person: 'me', circles: [], serverTime: '2026-03-11T05:46:18.000Z' };

const SYNC: ClientFrame = { t: 'sync', positions: { c: '00000001-7' } };

let server: WebSocketServer;
let sockets: ServerSocket[];
let received: ClientFrame[];
let frames: ServerFrame[];
let states: string[];
let failures: number[];
let live: LiveConnection;

beforeEach(async () => {
  [sockets, received, frames, states, failures] = [[], [], [], [], []];
  server = new WebSocketServer({
    port: 0,
    handleProtocols: (protocols) => (protocols.has(LIVE_PROTOCOL) ? LIVE_PROTOCOL : false),
  });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      received.push(frame);
      if (frame.t === 'sync') socket.send(JSON.stringify({ t: 'synced' }));
    });
    socket.send(JSON.stringify(HELLO));
  });
  await waitFor(() => server.address());
  live = new LiveConnection({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: 'me',
    positions: () => ({ c: '00000001-7' }),
    onFrame: (frame) => frames.push(frame),
    onState: (state, failed) => {
      states.push(state);
      failures.push(failed);
    },
    random: () => 0.01,
    socketOf: (url, protocol) => new ClientSocket(url, protocol) as unknown as WebSocket,
  });
});
afterEach(async () => {
  live.close();
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

describe('LiveConnection', () => {
  it('is for good where the service says hello to another person, to whom it tells nothing', async () => {
    server.removeAllListeners('connection');
    server.on('connection', (socket) => {
      socket.on('message', (data) => received.push(JSON.parse(String(data))));
      socket.send(JSON.stringify({ ...HELLO, person: 'you' }));
      socket.on('close', () => sockets.push(socket));
    });
    live.open();
    await waitFor(() => sockets.length === 1);
    expect([states, received, frames]).toEqual([['stopped'], [], []]);
  });

  it('answers hello with its positions and is live once it has caught up', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    await waitFor(() => received.length === 2);
    expect(received).toEqual([SYNC, { t: 'visible', value: true }]);
  });

  it.each([CLOSE.goingAway, CLOSE.tooSlow, 1011])('comes back after %i and asks again', async (code) => {
    live.open();
    await waitFor(() => states.includes('live'));
    sockets[0]?.close(code);
    await waitFor(() => states.filter((state) => state === 'live').length === 2);
    expect(states).toEqual(['live', 'lost', 'live']);
    expect(received.filter(({ t }) => t === 'sync')).toEqual([SYNC, SYNC]);
  });

  it('says how many tries have failed in a row: losing what was live is none, and being told to stay away is none', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    server.removeAllListeners('connection');
    const closes: [number, string][] = [
      [CLOSE.stayAway, '1'],
      [1011, ''],
      [1011, ''],
    ];
    let refused = 0;
    server.on('connection', (socket) => {
      const [code, reason] = closes[refused++] ?? [];
      if (code) return socket.close(code, reason);
      socket.once('message', () => socket.send(JSON.stringify({ t: 'synced' })));
      socket.send(JSON.stringify(HELLO));
    });
    sockets[0]?.close(1011);
    await waitFor(() => states.filter((state) => state === 'live').length === 2);
    expect(failures).toEqual([0, 0, 0, 1, 2, 0]);
  });

  it.each([CLOSE.badFrame, CLOSE.signedOut])('stops for good after %i', async (code) => {
    live.open();
    await waitFor(() => states.includes('live'));
    sockets[0]?.close(code);
    await waitFor(() => states.includes('stopped'));
    expect(sockets).toHaveLength(1);
  });

  it('stays away for as long as it is told, and a little longer', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    const timers = vi.spyOn(globalThis, 'setTimeout');
    try {
      sockets[0]?.close(CLOSE.stayAway, '40');
      await waitFor(() => states.includes('lost'));
      expect(timers.mock.calls.map(([, delayMs]) => delayMs)).toContain(40_010);
    } finally {
      timers.mockRestore();
    }
  });

  it('does not wait when the network comes back', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    const timers = vi.spyOn(globalThis, 'setTimeout').mockReturnValueOnce(0 as never);
    try {
      // The timer that would come back by itself never does.
      sockets[0]?.close(CLOSE.goingAway);
      await waitFor(() => states.includes('lost'));
    } finally {
      timers.mockRestore();
    }
    live.hurry();
    await waitFor(() => states.length === 3);
    expect(states).toEqual(['live', 'lost', 'live']);
  });

  it('stays away all the same where it was told to', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    sockets[0]?.close(CLOSE.stayAway, '40');
    await waitFor(() => states.includes('lost'));
    live.hurry();
    expect(states).toEqual(['live', 'lost']);
    expect(sockets).toHaveLength(1);
  });

  it('has an open connection prove itself when the network comes back, and gives up one that does not', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    sockets[0]?.removeAllListeners('message');
    const timers = vi.spyOn(globalThis, 'setTimeout');
    live.hurry();
    const [giveUp] = timers.mock.calls[0] as unknown as [() => void];
    timers.mockRestore();
    giveUp();
    expect(states).toEqual(['live', 'lost']);
    await waitFor(() => states.length === 3);
    live.hurry();
    await waitFor(() => states.length === 4);
    expect(states).toEqual(['live', 'lost', 'live', 'live']);
    expect(sockets).toHaveLength(2);
  });

  it('asks a connection that has been silent for a while to prove itself, and gives up one that does not', async () => {
    const intervals = vi.spyOn(globalThis, 'setInterval');
    live.open();
    await waitFor(() => states.includes('live'));
    const [beat] = intervals.mock.calls[intervals.mock.calls.length - 1] as unknown as [() => void];
    intervals.mockRestore();
    const syncs = () => received.filter(({ t }) => t === 'sync').length;
    // What comes by itself is proof enough.
    for (let times = 0; times < 3; times++) {
      beat();
      beat();
      sockets[0]?.send(JSON.stringify({ t: 'lag', seconds: times }));
      await waitFor(() => frames.filter(({ t }) => t === 'lag').length === times + 1);
    }
    expect(syncs()).toBe(1);
    for (let times = 0; times < 3; times++) beat();
    await waitFor(() => syncs() === 2);
    await waitFor(() => states.length === 2);

    sockets[0]?.removeAllListeners('message');
    const timers = vi.spyOn(globalThis, 'setTimeout');
    for (let times = 0; times < 3; times++) beat();
    const [giveUp, withinMs] = timers.mock.calls[0] as unknown as [() => void, number];
    timers.mockRestore();
    expect(withinMs).toBe(10_000);
    giveUp();
    expect(states).toEqual(['live', 'live', 'lost']);
  });

  it('is lost at once when the browser has no network any more, and comes back', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    live.drop();
    live.drop();
    expect(states).toEqual(['live', 'lost']);
    await waitFor(() => states.length === 3);
    expect(sockets).toHaveLength(2);
  });

  it('says that its page is visible for as long as it is, and goes on saying so', async () => {
    const timers = vi.spyOn(globalThis, 'setInterval');
    try {
      live.open();
      await waitFor(() => states.includes('live'));
      const [sayAgain, everyMs] = timers.mock.calls.at(-1) as unknown as [() => void, number];
      expect(everyMs).toBeLessThan(PRESENCE_SECONDS * 1_000);
      sayAgain();
      live.close();
      await waitFor(() => server.clients.size === 0);
    } finally {
      timers.mockRestore();
    }
    const [yes, no] = [true, false].map((value) => ({ t: 'visible', value }));
    expect(received).toEqual([SYNC, yes, yes, no]);
  });

  it('holds no connection for a page that nobody looks at', async () => {
    live.open();
    await waitFor(() => states.includes('live'));
    live.close();
    await waitFor(() => server.clients.size === 0);
    expect(states).toEqual(['live']);
    live.open();
    await waitFor(() => states.length === 2);
  });
});

describe('chooseWait', () => {
  it('spreads over a time that doubles up to half a minute', () => {
    expect([0, 1, 2, 5, 50].map((attempt) => chooseWait(attempt, 1))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
    expect(chooseWait(5, 0)).toBe(0);
    expect(chooseWait(5, 0.5)).toBe(15_000);
  });
});

describe('isFinal', () => {
  it('tells "come back" from "stop"', () => {
    expect([1000, 1006, 1011, 4000, 4499].map(isFinal)).toEqual([false, false, false, false, false]);
    expect([4500, 4501, 4999].map(isFinal)).toEqual([true, true, true]);
  });
});
