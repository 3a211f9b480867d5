import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { LIVE_PROTOCOL, type ServerFrame } from '../contract/frames.ts';
import type { Problem } from '../http/problem.ts';
import type { Client } from './client.ts';
import { parseServerFrame } from './frame-schema.ts';
import { waitFor } from './wait-for.ts';

type Kind = ServerFrame['t'];
export type Frame<K extends Kind> = Extract<ServerFrame, { t: K }>;

/** One open live socket, and all that it was ever sent. */
export interface LiveClient {
  /** Every frame so far, in order; each was checked against the contract. */
  readonly frames: readonly ServerFrame[];
  /** The same as they came. */
  readonly texts: readonly string[];
  /** Code of the close; resolves when the socket is closed. */
  readonly closed: Promise<number>;
  /** Frames of one kind, so far. */
  list<K extends Kind>(kind: K): Frame<K>[];
  /** The first frame of that kind that fits, perhaps one that has come already. */
  wait<K extends Kind>(kind: K, fits?: (frame: Frame<K>) => boolean): Promise<Frame<K>>;
  /** Says where each circle was left, and waits for everything that is answered to it. */
  sync(positions?: Record<string, string>): Promise<void>;
  /** Sends text or bytes as they are, and JSON of anything else. */
  send(frame: unknown): void;
  /** Stops reading from the network, and reads on. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface LiveOptions {
  headers?: Record<string, string>;
  protocol?: string;
}

/** Opens a socket at a gateway and waits for its hello. `who` signs in by Bearer; null: only what `headers` say. */
export async function openLive(
  origin: string,
  who: Client | null,
  { headers = {}, protocol = LIVE_PROTOCOL }: LiveOptions = {},
): Promise<LiveClient> {
  const socket = createSocket(origin, who, headers, protocol);
  const frames: ServerFrame[] = [];
  const texts: string[] = [];
  const faults: unknown[] = [];
  socket.on('message', (data: Buffer) => {
    texts.push(data.toString());
    try {
      frames.push(parseServerFrame(data.toString()));
    } catch (error) {
      faults.push(error);
    }
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined); // a close follows

  const list = <K extends Kind>(kind: K) => {
    if (faults.length > 0) throw faults[0];
    return frames.filter((frame): frame is Frame<K> => frame.t === kind);
  };
  const wait = <K extends Kind>(kind: K, fits: (frame: Frame<K>) => boolean = () => true) =>
    waitFor(() => list(kind).find(fits), { describe: () => `a frame "${kind}" after ${texts.join('\n')}` });
  const client: LiveClient = {
    frames,
    texts,
    closed,
    list,
    wait,
    async sync(positions = {}) {
      const before = list('synced').length;
      client.send({ t: 'sync', positions });
      await waitFor(() => list('synced').length > before, { describe: () => `"synced" after ${texts.join('\n')}` });
    },
    send: (frame) => socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(),
  };
  await wait('hello');
  return client;
}

/** Asks for a socket that must be refused. @throws when it is opened */
export async function refusedLive(
  origin: string,
  who: Client | null,
  { headers = {}, protocol = LIVE_PROTOCOL }: LiveOptions = {},
): Promise<{ status: number; body: Problem }> {
  const socket = createSocket(origin, who, headers, protocol);
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.terminate();
      reject(new Error('the socket was opened'));
    });
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body: JSON.parse(body) as Problem }), reject);
    });
  });
}

function createSocket(origin: string, who: Client | null, headers: Record<string, string>, protocol: string): WebSocket {
  const bearer = who ? { authorization: `Bearer ${who.token}` } : {};
  const protocols = protocol === '' ? [] : [protocol];
  return new WebSocket(`${origin.replace('http', 'ws')}/v1/live`, protocols, { headers: { ...bearer, ...headers } });
}
