import { expect, it } from 'vitest';
import { readHandshake, startHandshake } from './handshake.ts';

const { request, accept } = startHandshake(new URL('ws://127.0.0.1:3000/v1/live'), 'secret');
const read = (text: string, end = text.length) => readHandshake(Buffer.from(text), end, accept);
const opened = `HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;

it('asks as RFC 6455 wants it', () => {
  expect(request).toMatch(/^GET \/v1\/live HTTP\/1\.1\r\nHost: 127\.0\.0\.1:3000\r\n/);
  expect(request).toMatch(/Authorization: Bearer secret\r\n\r\n$/);
});

it('is open once the whole answer is there, and knows where the frames begin', () => {
  expect(read(opened, 40)).toEqual({ kind: 'incomplete' });
  expect(read(`${opened}frames`)).toEqual({ kind: 'open', bodyAt: opened.length });
});

it('is refused with the time to stay away, by who did not read the key, and by who never comes to an end', () => {
  expect(read('HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n')).toEqual({ kind: 'refused', status: 503, retryAfterSeconds: 7 });
  expect(read(opened.replace(accept, 'another'))).toMatchObject({ kind: 'refused', status: 101 });
  expect(read('x'.repeat(20_000))).toMatchObject({ kind: 'refused', status: 0 });
});
