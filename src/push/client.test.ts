import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PUSH_ANSWER_MAX_BYTES, PUSH_LANE_IN_FLIGHT } from '../contract/limits.ts';
import { createPushClient } from './client.ts';

const client = createPushClient(500);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(listener: RequestListener): Promise<{ server: Server; endpoint: string }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push` };
}

const post = (endpoint: string, isTrusted = true) =>
  client.post({ endpoint: new URL(endpoint), headers: {}, body: Buffer.from('x'), isTrusted });

describe('createPushClient', () => {
  it('keeps connections for the next push', async () => {
    const { server, endpoint } = await listen((_, response) => response.writeHead(201).end());
    let connections = 0;
    server.on('connection', () => connections++);
    for (let count = 0; count < 20; count++) expect((await post(endpoint)).statusCode).toBe(201);
    // The next push may begin a moment before the connection counts as free again.
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = [];
    const { endpoint } = await listen((request, response) => {
      paths.push(request.url);
      response.writeHead(308, { location: '/elsewhere', 'retry-after': '9' }).end();
    });
    expect(await post(endpoint)).toEqual({ statusCode: 308, retryAfter: '9' });
    expect(paths).toEqual(['/push']);
  });

  it('stops reading an answer that does not end', async () => {
    let written = 0;
    const { endpoint } = await listen((_, response) => {
      response.writeHead(201);
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_024))) written += 1_024;
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    expect((await post(endpoint)).statusCode).toBe(201);
    expect(written).toBeLessThan(PUSH_ANSWER_MAX_BYTES * 1_000);
  });

  it('waits for the answer after one that only says that it will come', async () => {
    const { endpoint } = await listen((_, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(404).end();
    });
    expect((await post(endpoint)).statusCode).toBe(404);
  });

  it('knows the answer whose body trickles beyond the deadline', async () => {
    const { endpoint } = await listen((_, response) => {
      response.writeHead(410);
      response.write('x');
    });
    expect((await post(endpoint)).statusCode).toBe(410);
  });

  it('gives up also on what waits for a connection', async () => {
    const { endpoint } = await listen(() => undefined);
    const results = await Promise.allSettled(Array.from({ length: 2 * PUSH_LANE_IN_FLIGHT }, () => post(endpoint)));
    expect(results.map(({ status }) => status)).toEqual(Array(2 * PUSH_LANE_IN_FLIGHT).fill('rejected'));
  });

  it('throws at the deadline, and when nobody listens', async () => {
    const { endpoint } = await listen(() => undefined);
    await expect(post(endpoint)).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(post('http://127.0.0.1:1/push')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('refuses a name that resolves to an inside address unless the operator named the origin', async () => {
    const { endpoint } = await listen((_, response) => response.writeHead(201).end());
    const byName = endpoint.replace('127.0.0.1', 'localhost');
    await expect(post(byName, false)).rejects.toMatchObject({ name: 'InsideAddressError' });
    expect((await post(byName, true)).statusCode).toBe(201);
  });
});
