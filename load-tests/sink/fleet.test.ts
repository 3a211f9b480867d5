import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { LIVE_PROTOCOL } from '../../src/contract/frames.ts';
import { waitFor } from '../../src/testing/wait-for.ts';
import { createFleet } from './fleet.ts';

const CIRCLE = '01900000-0000-7000-8000-00000000000c';
const AUTHOR = '01900000-0000-7000-8000-00000000000a';
const TIMES = { writtenAt: '2026-03-11T05:46:18.000Z', acceptedAt: '2026-03-11T05:46:18.000Z' };
const idOf = (index: number) => `01900000-0000-7000-8000-00000000000${index}`;
const receiptOf = (index: number) => ({ id: idOf(index), author: AUTHOR, circles: [CIRCLE], ...TIMES });

/** A gateway as far as the sink sees it, with a socket for each of three members, who are told apart by their tokens. */
async function startFleet() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => LIVE_PROTOCOL });
  await once(server, 'listening');
  const sockets = new Map<string, WebSocket>();
  const syncs: { person: string; positions: Record<string, string> }[] = [];
  server.on('connection', (socket, { headers }) => {
    const person = headers.authorization?.replace('Bearer token of ', '') ?? '';
    sockets.set(person, socket);
    socket.send(JSON.stringify({ t: 'hello', circles: [{ id: CIRCLE, position: '0123abcd-0' }] }));
    socket.on('message', (text) => {
      syncs.push({ person, positions: JSON.parse(String(text)).positions });
      socket.send('{"t":"synced"}');
    });
  });
  const people = ['mother', 'father', 'child'];
  const seats = people.map((person) => ({ person, token: `token of ${person}`, circles: [CIRCLE] }));
  const fleet = createFleet({ urls: [`ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/live`], seats });
  onTestFinished(() => {
    fleet.end();
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const tell = (index: number, to = people) => {
    const status = { id: idOf(index), author: { id: AUTHOR }, condition: 'ok', ...TIMES };
    const frame = JSON.stringify({ t: 'status', circle: CIRCLE, position: `0123abcd-${index}`, status });
    for (const person of to) sockets.get(person)?.send(frame);
  };
  await fleet.connect();
  return { fleet, sockets, syncs, tell };
}

it('holds a socket for each seat, and knows what each was sent', async () => {
  const { fleet, tell } = await startFleet();
  tell(1);
  tell(2, ['mother', 'child']);
  await waitFor(() => fleet.state().frames === 3 * 2 + 5);
  expect(fleet.state()).toMatchObject({ sockets: 3, ready: 3, gaps: 0, unreadable: 0 });
  expect(fleet.ledger.judge([receiptOf(1), receiptOf(2)]).lostExamples).toEqual([`${idOf(2)} in ${CIRCLE} to father`]);
});

it('comes back with the positions that it had, when it is cut and when all are dropped at once', async () => {
  const { fleet, sockets, syncs, tell } = await startFleet();
  tell(1);
  await waitFor(() => fleet.state().frames === 3 * 3);
  sockets.get('father')?.terminate();
  await waitFor(() => syncs.length === 4);
  expect(syncs[3]).toEqual({ person: 'father', positions: { [CIRCLE]: '0123abcd-1' } });
  await waitFor(() => fleet.state().ready === 3);
  const { resync } = await fleet.dropAll(1);
  expect(resync.count).toBe(3);
  expect(syncs.slice(4).map(({ positions }) => positions[CIRCLE])).toEqual(Array.from({ length: 3 }, () => '0123abcd-1'));
});

it('stays away where it is told to stop, and counts that', async () => {
  const { fleet, sockets } = await startFleet();
  sockets.get('child')?.close(4_500, 'signed out');
  await waitFor(() => fleet.state().stopped === 1);
  expect(fleet.state()).toMatchObject({ ready: 2, reconnects: 0, closes: { 4500: 1 } });
});
