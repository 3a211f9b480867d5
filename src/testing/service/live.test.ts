import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { Circle } from '../../contract/circles.ts';
import { type Client, joinAll, must, post, readBoard, waitForBoard } from '../client.ts';
import { type LiveClient, openLive } from '../live-client.ts';
import { useService } from '../use-service.ts';

const suite = useService();
const open = (client: Client) => openLive(suite.service.next('live'), client);
/** One socket at each gateway; with one process, two at the same. */
const openBoth = (client: Client) => Promise.all([open(client), open(client)]);
const isOf = (circle: { id: string }) => (frame: object) => 'circle' in frame && frame.circle === circle.id;
const textsOf = (live: LiveClient, circle: { id: string }) => live.texts.filter((text) => isOf(circle)(JSON.parse(text)));

describe('a socket', () => {
  it('says hello at once and nothing else before the first sync', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const [early, late] = await openBoth(mum);
    const { circles, serverTime } = early.list('hello')[0] ?? {};
    expect(circles).toEqual([{ id: circle.id, position: (await readBoard(mum, circle)).position }]);
    expect(Math.abs(Date.parse(serverTime ?? '') - Date.now())).toBeLessThan(10_000);
    await late.sync();
    const status = await post(aki, 'ok');
    await late.wait('status', (frame) => frame.status.id === status.id);
    expect(early.frames.map(({ t }) => t)).toEqual(['hello']);
    await early.sync();
    expect(early.frames.map(({ t }) => t)).toEqual(['hello', 'board', 'synced']);
  });

  it('is given the same board as the board call', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const status = await post(aki, 'evacuated', { note: 'at the gym' });
    const board = await waitForBoard(mum, circle, aki.person.id, status.id);
    for (const live of await openBoth(mum)) {
      await live.sync({ [circle.id]: '' });
      expect(live.list('board')).toEqual([{ t: 'board', ...board, since: expect.any(String) }]);
    }
  });

  it('is told what it missed since its position, and then what comes', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const { position } = await readBoard(mum, circle);
    const missed = await post(aki, 'hurt');
    await waitForBoard(mum, circle, aki.person.id, missed.id);
    const [behind, upToDate] = await openBoth(mum);
    await behind.sync({ [circle.id]: position });
    await upToDate.sync({ [circle.id]: (await readBoard(mum, circle)).position });
    expect(behind.frames.map(({ t }) => t)).toEqual(['hello', 'status', 'synced']);
    expect(upToDate.frames.map(({ t }) => t)).toEqual(['hello', 'synced']);
    const next = await post(aki, 'ok');
    for (const live of [behind, upToDate]) await live.wait('status', (frame) => frame.status.id === next.id);
    expect(behind.list('status').map(({ status }) => status.id)).toEqual([missed.id, next.id]);
  });

  it('is given the board where its position is lost', async () => {
    const mum = await suite.person('Mum');
    const circle = await suite.circle([mum]);
    const live = await open(mum);
    const [epoch = '', seq] = circle.position.split('-');
    await live.sync({ [circle.id]: `${epoch === '00000000' ? '11111111' : '00000000'}-${seq}` });
    await live.sync({ [circle.id]: `${epoch}-999` });
    expect(live.list('board')).toHaveLength(2);
  });

  it('is told that it is out of a circle which only it remembers', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum]);
    const live = await open(aki);
    const gone = uuidv7();
    await live.sync({ [circle.id]: circle.position, [gone]: '' });
    expect(new Set(live.list('left').map((frame) => frame.circle))).toEqual(new Set([circle.id, gone]));
    expect(live.list('board')).toEqual([]);
  });

  it('is told everything that happens in its circles, in order', async () => {
    const [aki, mum, ken] = await suite.people('Aki', 'Mum', 'Ken');
    const circle = await suite.circle([mum, aki]);
    const live = await open(mum);
    await live.sync();
    const memberPath = (client: Client) => `/v1/circles/${circle.id}/members/${client.person.id}`;
    await joinAll(mum, circle, [ken]);
    await must(ken, 200, 'PATCH', memberPath(ken), { nickname: 'Kenji' });
    const status = await post(aki, 'help', { note: 'stuck', place: 'Sendai, Aoba' });
    await live.wait('status', (frame) => frame.status.id === status.id);
    await must(aki, 204, 'DELETE', `/v1/statuses/${status.id}`);
    await live.wait('retracted');
    await must(mum, 200, 'PATCH', `/v1/circles/${circle.id}`, { name: 'Home' });
    await must(ken, 204, 'DELETE', memberPath(ken));
    await live.wait('member', ({ change }) => change === 'left');
    const events = live.frames.filter(isOf(circle));
    expect(events).toMatchObject([
      { t: 'member', change: 'joined', member: { id: ken.person.id, nickname: 'Ken', role: 'member' } },
      { t: 'member', change: 'changed', member: { id: ken.person.id, nickname: 'Kenji' } },
      { t: 'status', status: { ...status, author: { id: aki.person.id } } },
      { t: 'retracted', id: status.id, author: aki.person.id, status: null },
      { t: 'circle', name: 'Home' },
      { t: 'member', change: 'left', member: { id: ken.person.id } },
    ]);
    const seqs = events.map((event) => ('position' in event ? Number(event.position.split('-')[1]) : 0));
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  });

  it('is sent the same text as every other socket of the circle, at every gateway', async () => {
    const people = await suite.people('Mum', 'Aki', 'Ken');
    const circle = await suite.circle(people);
    const sockets = (await Promise.all(people.map(openBoth))).flat();
    await Promise.all(sockets.map((live) => live.sync()));
    const posted = await Promise.all(people.flatMap((client) => [post(client, 'ok'), post(client, 'evacuated')]));
    for (const live of sockets) {
      for (const { id } of posted) await live.wait('status', (frame) => frame.status.id === id);
    }
    const [first = []] = sockets.map((live) => textsOf(live, circle));
    expect(first).toHaveLength(posted.length);
    for (const live of sockets) expect(textsOf(live, circle)).toEqual(first);
    const { events } = await must<{ events: unknown[] }>(people[0], 200, 'GET', `/v1/circles/${circle.id}/feed`);
    expect(events.slice(-posted.length)).toEqual(first.map((text) => JSON.parse(text)));
  });

  it('shows a place in one circle and not in the other', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const [family, work] = await Promise.all([suite.circle([aki, mum]), suite.circle([aki, mum], { kind: 'work' })]);
    const live = await open(mum);
    await live.sync();
    const { id } = await post(aki, 'ok', { place: 'Sendai, Aoba' });
    const inFamily = await live.wait('status', (frame) => frame.circle === family.id && frame.status.id === id);
    const atWork = await live.wait('status', (frame) => frame.circle === work.id && frame.status.id === id);
    expect(inFamily.status.place).toBe('Sendai, Aoba');
    expect(atWork.status).not.toHaveProperty('place');
  });

  it('misses nothing when it is opened and synced amid a stream of statuses', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle: Circle = await suite.circle([mum, aki]);
    const posting = Array.from({ length: 60 }, async () => (await post(aki, 'ok')).id);
    const sockets = await Promise.all(Array.from({ length: 6 }, () => open(mum)));
    await Promise.all(sockets.map((live) => live.sync({ [circle.id]: circle.position })));
    const ids = await Promise.all(posting);
    for (const live of sockets) {
      for (const id of ids) await live.wait('status', (frame) => frame.status.id === id);
      const positions = live.list('status').map(({ position }) => position);
      expect(new Set(positions).size).toBe(60);
      expect(positions).toEqual([...positions].sort((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1])));
    }
  });
});
