import { describe, expect, it } from 'vitest';
import type { Circle } from '../../contract/circles.ts';
import { type Client, joinAll, must, post, waitForBoard } from '../client.ts';
import { type LiveClient, openLive } from '../live-client.ts';
import { watchStalls } from '../stalls.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const suite = useService();
/** What is promised: sign-outs and removals reach every socket within a second. */
const LIMIT_MS = 1_000;

async function openSynced(client: Client): Promise<LiveClient> {
  const live = await openLive(suite.service.next('live'), client);
  await live.sync();
  return live;
}

/** What a socket was told of a circle after it was told that it is out. */
async function heardAfterLeft(live: LiveClient, circle: Circle): Promise<string[]> {
  // A round trip: what its gateway had to say before, it has said by then.
  await live.sync();
  const left = live.texts.findIndex((text) => text.startsWith('{"t":"left"') && text.includes(circle.id));
  expect(left).toBeGreaterThan(-1);
  return live.texts.slice(left + 1).filter((text) => text.includes(circle.id));
}

async function within<T>(limitMs: number, what: () => Promise<unknown>, awaited: Promise<T>): Promise<T> {
  const stalls = await watchStalls(suite.service);
  const startedAt = performance.now();
  await what();
  const answer = await awaited;
  const ms = performance.now() - startedAt;
  expect(ms - (await stalls.stop())).toBeLessThan(limitMs);
  return answer;
}

describe('a socket of a session that ends', () => {
  it('is closed with 4501 within a second, at every gateway, and no other', async () => {
    const aki = await suite.person();
    await suite.circle([aki]);
    const answer = await must<{ token: string }>(aki, 201, 'POST', '/v1/sessions', { recoveryCode: aki.recoveryCode });
    const other = { ...aki, token: answer.token };
    const ending = await Promise.all([openSynced(aki), openSynced(aki), openLive(suite.service.next('live'), aki)]);
    const staying = await Promise.all([openSynced(other), openSynced(other)]);
    const { devices } = await must<{ devices: { id: string; current: boolean }[] }>(aki, 200, 'GET', '/v1/me');
    const session = devices.find(({ current }) => current)?.id;
    const codes = await within(
      LIMIT_MS,
      () => must(aki, 204, 'DELETE', `/v1/sessions/${session}`),
      Promise.all(ending.map(({ closed }) => closed)),
    );
    expect(codes).toEqual([4501, 4501, 4501]);
    for (const live of staying) await live.sync();
  });
});

describe('a socket of somebody who is out of a circle', () => {
  it.each(['removed by a keeper', 'leaving'])('is told so within a second, and nothing more: %s', async (how) => {
    const [mum, aki, ken] = await suite.people('Mum', 'Aki', 'Ken');
    const [circle, other] = [await suite.circle([mum, aki, ken]), await suite.circle([mum, ken])];
    const gone = await Promise.all([openSynced(ken), openSynced(ken)]);
    const staying = await Promise.all([openSynced(aki), openSynced(aki)]);
    await within(
      LIMIT_MS,
      () => must(how === 'leaving' ? ken : mum, 204, 'DELETE', `/v1/circles/${circle.id}/members/${ken.person.id}`),
      Promise.all(gone.map((live) => live.wait('left', (frame) => frame.circle === circle.id))),
    );
    const secret = await post(mum, 'help', { note: 'not for Ken', circles: [circle.id] });
    for (const live of staying) await live.wait('status', (frame) => frame.status.id === secret.id);
    const open = await post(mum, 'ok', { circles: [other.id] });
    for (const live of gone) {
      await live.wait('status', (frame) => frame.status.id === open.id);
      expect(await heardAfterLeft(live, circle)).toEqual([]);
      expect(live.texts.join('\n')).not.toContain('not for Ken');
    }
  });

  it('is told when the whole circle is deleted', async () => {
    const [mum, ken] = await suite.people('Mum', 'Ken');
    const circle = await suite.circle([mum, ken]);
    const sockets = await Promise.all([openSynced(mum), openSynced(mum), openSynced(ken), openSynced(ken)]);
    await within(
      LIMIT_MS,
      () => must(mum, 204, 'DELETE', `/v1/circles/${circle.id}`),
      Promise.all(sockets.map((live) => live.wait('left', (frame) => frame.circle === circle.id))),
    );
    for (const live of sockets) expect(await heardAfterLeft(live, circle)).toEqual([]);
  });

  it('cannot talk itself back in', async () => {
    const [mum, ken] = await suite.people('Mum', 'Ken');
    const circle = await suite.circle([mum, ken]);
    const live = await openSynced(ken);
    await must(mum, 204, 'DELETE', `/v1/circles/${circle.id}/members/${ken.person.id}`);
    await live.wait('left');
    const texts = live.texts.length;
    await live.sync({ [circle.id]: circle.position });
    expect(live.texts.slice(texts).map((text) => JSON.parse(text).t)).toEqual(['left', 'synced']);
  });
});

describe('a socket of somebody who joins a circle elsewhere', () => {
  it('is told so, with the board, and then what happens there', async () => {
    const [mum, ken] = await suite.people('Mum', 'Ken');
    const circle = await suite.circle([mum]);
    const sockets = await Promise.all([openSynced(ken), openSynced(ken)]);
    await joinAll(mum, circle, [ken]);
    for (const live of sockets) {
      await live.wait('joined', (frame) => frame.circle === circle.id);
      const board = await live.wait('board', (frame) => frame.circle.id === circle.id);
      expect(board.members.map(({ member }) => member.id)).toContain(ken.person.id);
    }
    const status = await post(mum, 'ok');
    for (const live of sockets) await live.wait('status', (frame) => frame.status.id === status.id);
  });

  it('is let in again after having been removed', async () => {
    const [mum, ken] = await suite.people('Mum', 'Ken');
    const circle = await suite.circle([mum, ken]);
    const live = await openSynced(ken);
    await must(mum, 204, 'DELETE', `/v1/circles/${circle.id}/members/${ken.person.id}`);
    await live.wait('left');
    const missed = await post(mum, 'hurt', { note: 'while Ken was out' });
    // What is told later is told to whoever is there by then.
    await waitForBoard(mum, circle, mum.person.id, missed.id);
    await joinAll(mum, circle, [ken]);
    await live.wait('joined');
    await waitFor(() => live.list('board').length === 2);
    const status = await post(mum, 'ok');
    await live.wait('status', (frame) => frame.status.id === status.id);
    expect(live.list('status').map((frame) => frame.status.id)).not.toContain(missed.id);
  });

  it('is told of a circle that they make elsewhere', async () => {
    const ken = await suite.person('Ken');
    const live = await openSynced(ken);
    const circle = await suite.circle([ken]);
    await live.wait('joined', (frame) => frame.circle === circle.id);
    await live.wait('board', (frame) => frame.circle.id === circle.id);
    const status = await post(ken, 'ok');
    await live.wait('status', (frame) => frame.status.id === status.id);
  });
});
