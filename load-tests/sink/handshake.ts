import { createHash, randomBytes } from 'node:crypto';
import { LIVE_PROTOCOL } from '../../src/contract/frames.ts';

/** RFC 6455, section 1.3. */
const ACCEPT_SALT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const HEAD_END = '\r\n\r\n';
/** No server's answer to an upgrade is longer. */
const HEAD_MAX_BYTES = 16_384;

export interface Handshake {
  request: string;
  /** What the server must prove to have read. */
  accept: string;
}

export type HandshakeAnswer =
  | { kind: 'open'; bodyAt: number }
  | { kind: 'incomplete' }
  /** `retryAfterSeconds` is 0 where the server named none. */
  | { kind: 'refused'; status: number; retryAfterSeconds: number };

export function startHandshake(url: URL, token: string): Handshake {
  const key = randomBytes(16).toString('base64');
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Protocol: ${LIVE_PROTOCOL}`,
    `Authorization: Bearer ${token}`,
  ];
  const accept = createHash('sha1')
    .update(key + ACCEPT_SALT)
    .digest('base64');
  return { request: `${lines.join('\r\n')}${HEAD_END}`, accept };
}

/** Reads the server's answer from the first bytes of a connection. */
export function readHandshake(bytes: Buffer, end: number, accept: string): HandshakeAnswer {
  const headEnd = bytes.indexOf(HEAD_END, 0, 'latin1');
  if (headEnd < 0 || headEnd >= end) {
    return end > HEAD_MAX_BYTES ? { kind: 'refused', status: 0, retryAfterSeconds: 0 } : { kind: 'incomplete' };
  }
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  if (status === 101 && head.includes(accept)) return { kind: 'open', bodyAt: headEnd + HEAD_END.length };
  return { kind: 'refused', status, retryAfterSeconds: Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1] ?? 0) };
}
