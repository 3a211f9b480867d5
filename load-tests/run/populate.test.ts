import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createApi } from './populate.ts';

/** What the load tests ask a service with: a run must not end without a verdict because a busy one said "later" once. */
let close = (): void => undefined;
afterEach(() => close());

/** A service that answers with these codes, one after the other; 0 cuts the connection. */
async function startAnswering(codes: number[]) {
  const server = createServer((request, response) => {
    const code = codes.shift() ?? 500;
    if (code === 0) request.socket.destroy();
    else response.writeHead(code, { 'content-type': 'application/json' }).end('{"circle":"family"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = createApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  close = () => {
    api.close();
    server.close();
  };
  return api;
}

it('asks again what was refused for now, or cut', async () => {
  const codes = [503, 0, 200];
  const api = await startAnswering(codes);
  expect(await api.call('GET', '/v1/circles/1/board', null)).toEqual({ circle: 'family' });
  expect(codes).toEqual([]);
});

it('throws at once with what is refused for good', async () => {
  const codes = [404, 200];
  const api = await startAnswering(codes);
  await expect(api.call('GET', '/v1/circles/1/board', null)).rejects.toThrow('404');
  expect(codes).toEqual([200]);
});
