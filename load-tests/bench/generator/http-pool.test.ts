import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { HttpPool } from './http-pool.ts';

/** A server that answers each request by its path, and a pool of so many connections to it. */
async function startPool(connections: number, answer: (path: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => answer(request.url ?? '', response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const pool = new HttpPool((server.address() as AddressInfo).port, connections);
  const get = (path: string) =>
    new Promise<{ status: number; retryAfter: number }>((resolve) => {
      pool.send(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`, (status, _sentAt, retryAfter) => resolve({ status, retryAfter }));
    });
  return { pool, get };
}

it('has one request at a time on each connection; the others wait, and all are answered', async () => {
  const open: ServerResponse[] = [];
  let most = 0;
  // Answers once both connections have asked: with fewer requests under way the test would never end.
  const { pool, get } = await startPool(2, (_path, response) => {
    most = Math.max(most, open.push(response));
    if (open.length === 2) for (const one of open.splice(0)) one.end('x'.repeat(100_000));
  });
  const answers = Array.from({ length: 10 }, () => get('/'));
  expect(pool.waiting).toBe(8);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(most).toBe(2);
  expect(pool.waiting).toBe(0);
});

it('tells what a refusal asks for, and 0 where no answer came; a connection that was lost is replaced', async () => {
  const { get } = await startPool(1, (path, response) => {
    if (path === '/cut') response.destroy();
    else response.writeHead(path === '/busy' ? 503 : 202, { 'retry-after': '3' }).end();
  });
  expect(await get('/busy')).toEqual({ status: 503, retryAfter: 3 });
  expect(await get('/cut')).toEqual({ status: 0, retryAfter: 0 });
  expect(await get('/')).toEqual({ status: 202, retryAfter: 0 });
});
