import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorld, type RunningGateway, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { takesProtocol } from './socket-server.ts';

let world: World;
let running: RunningGateway;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
  running = await world.start();
});
afterAll(() => world.close());

it.each([
  [undefined, false],
  ['', false],
  ['buji.v1', true],
  ['chat, buji.v1', true],
  ['chat,buji.v1 ', true],
  ['buji.v10', false],
])('takesProtocol: %j → %s', (offered, taken) => {
  expect(takesProtocol({ headers: { 'sec-websocket-protocol': offered } } as IncomingMessage)).toBe(taken);
});

/** A masked frame of a client; the mask is zero, so the payload stays readable. */
function frame(opcode: number, payload: string, isLast = true): Buffer {
  return Buffer.concat([Buffer.from([(isLast ? 0x80 : 0) | opcode, 0x80 | payload.length, 0, 0, 0, 0]), Buffer.from(payload)]);
}

/** A raw socket after the handshake. */
async function open() {
  const { token } = await world.person();
  const socket = connect(running.port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.write(
    [
      'GET /v1/live HTTP/1.1',
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
      'Sec-WebSocket-Protocol: buji.v1',
      'Sec-WebSocket-Extensions: permessage-deflate',
      `Authorization: Bearer ${token}`,
      '\r\n',
    ].join('\r\n'),
  );
  socket.on('data', (data: Buffer) => received.push(data));
  socket.on('error', () => undefined);
  await waitFor(() => Buffer.concat(received).includes('"t":"hello"'));
  return { socket, text: () => Buffer.concat(received).toString('latin1') };
}

describe('hostile frames', () => {
  it('takes no compression, even where it is offered', async () => {
    const { socket, text } = await open();
    expect(text().toLowerCase()).not.toContain('permessage-deflate');
    socket.destroy();
  });

  it.each([
    ['unmasked', Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
    ['many fragments', Buffer.concat([frame(1, 'a', false), ...Array.from({ length: 40 }, () => frame(0, 'a', false))])],
    ['bytes that are no UTF-8', Buffer.concat([frame(1, '').subarray(0, 1), Buffer.from([0x81, 0, 0, 0, 0, 0xff])])],
    ['a reserved opcode', frame(3, 'x')],
    ['a length beyond all bounds', Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['pings without end', Buffer.concat(Array.from({ length: 5_000 }, () => frame(9, 'x')))],
  ])('%s: the socket is closed, the gateway goes on', async (_, bytes) => {
    const { socket } = await open();
    socket.write(bytes);
    await once(socket, 'close');
    await waitFor(() => running.gateway.stats().sockets === 0);
  });

  it('takes a frame in a few fragments, and byte by byte', async () => {
    const { socket, text } = await open();
    for (const byte of Buffer.concat([frame(1, '{"t":"sync",', false), frame(0, '"positions":', false), frame(0, '{}}')])) {
      socket.write(Buffer.from([byte]));
    }
    await waitFor(() => text().includes('"t":"synced"'));
    socket.destroy();
  });
});
