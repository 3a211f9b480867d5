import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../platform/logger.ts';
import { type App, createApp } from './app.ts';
import { answerClientError } from './client-error.ts';

const lines: string[] = [];
let app: App;
let port: number;
beforeAll(async () => {
  const log = createLogger('trace', { write: (line: string) => void lines.push(line) });
  app = await createApp({ log, trustProxy: false, publicUrl: null, observe: () => undefined });
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => app.close());

/** Sends some bytes, and gives all that comes until the connection is cut. */
function talk(text: string, to = port): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(to, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

describe('what is no HTTP', () => {
  it.each([
    ['nonsense', 'secret nonsense\r\n\r\n', 400, 'invalid-request'],
    ['a header that is none', 'GET / HTTP/1.1\r\nsecret\r\n\r\n', 400, 'invalid-request'],
    ['too long headers', `GET / HTTP/1.1\r\nHost: x\r\nx: ${'secret'.repeat(4_000)}\r\n\r\n`, 413, 'too-large'],
  ])('%s is answered with a problem, and the connection cut', async (_, text, status, code) => {
    const [head = '', body = ''] = (await talk(text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, code });
    expect(head).toContain(`x-request-id: ${JSON.parse(body).requestId}`);
    expect(lines.join('')).not.toContain('secret');
  });

  it('is not answered where nobody listens any more', async () => {
    const server = createServer((socket: Socket) => {
      answerClientError(Object.assign(new Error('x'), { code: 'ECONNRESET' }), socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    expect(await talk('x', (server.address() as { port: number }).port)).toBe('');
    server.close();
  });
});

describe('a connection that only waits', () => {
  it('is closed without a word', async () => {
    const server = createServer((socket) => {
      answerClientError(Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const heard: unknown[] = [];
    client.on('data', (chunk) => heard.push(chunk));
    await new Promise((resolve) => client.on('close', resolve));
    expect(heard).toEqual([]);
    server.close();
  });
});
