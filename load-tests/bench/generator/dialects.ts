import { LIVE_PROTOCOL } from '../../../src/contract/frames.ts';
import type { BenchPerson } from '../lib/world.ts';

/** How a client of one contender speaks; the work that is asked for is the same in all of them. */
export interface Dialect {
  /** One request that posts a status, complete. `home` is the first of the person's circles. */
  post(person: BenchPerson, circle: string, id: string, home: string, condition: 'ok' | 'help'): string;
  /** The WebSocket handshake's request line and headers, without those that every handshake has. */
  upgrade(person: BenchPerson, circles: string[]): { path: string; headers: string[] };
  /** What to answer to a text frame that is no status; `ready` when events come from now on. */
  onText(text: string, person: BenchPerson): { answer?: string; ready?: boolean };
  /** Events come from the handshake on, without a word. */
  isReadyAtOnce?: true;
}

/** A sentence as people wrote it then; with it a frame has about 450 bytes in every contender. */
const NOTE = '無事です。学校の体育館にいます。';

function request(path: string, headers: string[], body: string): string {
  const lines = [`POST ${path} HTTP/1.1`, 'host: 127.0.0.1', ...headers, `content-length: ${Buffer.byteLength(body)}`];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function postStatus({ token }: BenchPerson, circle: string, id: string, _home: string, condition: string): string {
  const body = `{"id":"${id}","condition":"${condition}","note":"${NOTE}","circles":["${circle}"]}`;
  return request('/v1/statuses', ['content-type: application/json', `authorization: Bearer ${token}`], body);
}

/** `hello`, then events: the plain rivals. */
const plain: Dialect = {
  post: postStatus,
  upgrade: ({ token }) => ({ path: '/v1/live', headers: [`authorization: Bearer ${token}`] }),
  onText: (text) => (text.startsWith('{"t":"hello"') ? { ready: true } : {}),
};

const buji: Dialect = {
  post: postStatus,
  upgrade: ({ token }) => ({
    path: '/v1/live',
    headers: [`authorization: Bearer ${token}`, `sec-websocket-protocol: ${LIVE_PROTOCOL}`],
  }),
  onText(text) {
    if (text.startsWith('{"t":"hello"')) {
      const { circles } = JSON.parse(text) as { circles: { id: string; position: string }[] };
      const positions = Object.fromEntries(circles.map(({ id, position }) => [id, position]));
      return { answer: JSON.stringify({ t: 'sync', positions }) };
    }
    return text === '{"t":"synced"}' ? { ready: true } : {};
  },
};

/** Engine.IO 4 over WebSocket alone, Socket.IO 5 in it: `0` open, `2` ping, `40` connected (with what signs in). */
const socketio: Dialect = {
  post: postStatus,
  upgrade: () => ({ path: '/socket.io/?EIO=4&transport=websocket', headers: [] }),
  onText(text, { token }) {
    if (text.startsWith('0{')) return { answer: `40${JSON.stringify({ token })}` };
    if (text === '2') return { answer: '3' };
    return text.startsWith('40') ? { ready: true } : {};
  },
};

/**
 * The server believes whatever it is sent, so the client sends the event that the others make of it. One channel carries all
 * circles of the same people: with a socket that listens to eight channels (its "multiplexing") nchan 1.3.6 loses messages at
 * these rates, and this way its work is easier than the others', not harder.
 */
const nchan: Dialect = {
  post({ id: author }, circle, id, home, condition) {
    const now = new Date().toISOString();
    const member = `{"id":"${author}","nickname":"さくら","avatar":{"emoji":"🌸","colour":"pink"},"role":"member"}`;
    const status = `{"id":"${id}","author":${member},"condition":"${condition}","note":"${NOTE}","writtenAt":"${now}","acceptedAt":"${now}"}`;
    const event = `{"t":"status","circle":"${circle}","position":"00000000-1","status":${status}}`;
    return request(`/pub?id=${home}`, ['content-type: application/json'], event);
  },
  upgrade: (_person, circles) => ({ path: `/sub?id=${circles[0]}`, headers: [] }),
  onText: () => ({}),
  isReadyAtOnce: true,
};

export const DIALECTS = { plain, buji, socketio, nchan } as const;
export type DialectName = keyof typeof DIALECTS;
