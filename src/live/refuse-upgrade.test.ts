import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { refuseUpgrade } from './refuse-upgrade.ts';

function createSocket() {
  const written: Buffer[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk, _, done) {
      written.push(chunk);
      done();
    },
  });
  return { socket, text: () => Buffer.concat(written).toString() };
}

it('writes a whole answer and closes', async () => {
  const { socket, text } = createSocket();
  refuseUpgrade(socket, 'invalid-request', 'no subprotocol: 無事');
  await expect.poll(() => socket.destroyed).toBe(true);
  const [head = '', body = ''] = text().split('\r\n\r\n');
  expect(head.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(JSON.parse(body)).toMatchObject({
    type: '/problems#invalid-request',
    title: 'The request is not valid',
    status: 400,
    code: 'invalid-request',
    detail: 'no subprotocol: 無事',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(head).not.toContain('retry-after');
});

it('says when to come back where that helps', () => {
  const { socket, text } = createSocket();
  refuseUpgrade(socket, 'unavailable');
  expect(text()).toMatch(/retry-after: \d+/);
});

it('leaves a socket alone that is gone', () => {
  const { socket, text } = createSocket();
  socket.destroy();
  refuseUpgrade(socket, 'not-signed-in');
  expect(text()).toBe('');
});
