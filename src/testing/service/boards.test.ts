import { describe, expect, it } from 'vitest';
import type { Board } from '../../contract/circles.ts';
import type { CircleEvent } from '../../contract/frames.ts';
import type { Status } from '../../contract/statuses.ts';
import { type Client, joinAll, must, post, readBoard, waitForBoard } from '../client.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const suite = useService();
const DAY_MS = 86_400_000;

interface Feed {
  position: string;
  events: CircleEvent[];
}
const readFeed = (client: Client, circle: { id: string }, query = '') =>
  must<Feed>(client, 200, 'GET', `/v1/circles/${circle.id}/feed${query}`);

describe('GET /v1/circles/{id}/board', () => {
  it('shows each member once, with the newest status, and counts them', async () => {
    const [mum, dad, aki, ken] = await suite.people('Mum', 'Dad', 'Aki', 'Ken');
    const circle = await suite.circle([mum, dad, aki, ken]);
    await post(mum, 'ok');
    const newest = [await post(mum, 'evacuated', { note: 'at the gym' }), await post(dad, 'help'), await post(aki, 'hurt')];
    for (const [index, client] of [mum, dad, aki].entries()) {
      await waitForBoard(ken, circle, client.person.id, newest[index]?.id ?? '');
    }
    const board = await readBoard(ken, circle);
    expect(new Set(board.members.map(({ member }) => member.id))).toEqual(
      new Set([mum, dad, aki, ken].map(({ person }) => person.id)),
    );
    expect(board.counts).toEqual({ ok: 0, evacuated: 1, hurt: 1, help: 1, silent: 1 });
    const row = board.members.find(({ member }) => member.id === mum.person.id);
    expect(row?.status).toMatchObject({ condition: 'evacuated', note: 'at the gym', author: row?.member });
    const sinceAgoMs = Date.now() - Date.parse(board.since);
    expect(Math.abs(sinceAgoMs - DAY_MS)).toBeLessThan(60_000);
  });

  it('counts an old status as silent and shows it all the same', async () => {
    const [mum, aki] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([mum, aki]);
    const sentAt = new Date();
    const old = await post(aki, 'ok', {
      writtenAt: new Date(sentAt.getTime() - 2 * DAY_MS).toISOString(),
      sentAt: sentAt.toISOString(),
    });
    const board = await waitForBoard(mum, circle, aki.person.id, old.id);
    expect(board.counts).toEqual({ ok: 0, evacuated: 0, hurt: 0, help: 0, silent: 2 });
  });

  it('answers 304 as long as nothing changed, at every process', async () => {
    const [mum, aki] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([mum, aki]);
    const path = `/v1/circles/${circle.id}/board`;
    const etag = (await mum.call('GET', path)).headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    for (let ask = 0; ask < 2; ask++) {
      const again = await mum.call('GET', path, undefined, { 'if-none-match': etag });
      expect(again).toMatchObject({ status: 304, body: null });
      expect(again.headers.get('etag')).toBe(etag);
    }
    const status = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, status.id);
    const changed = await mum.call<Board>('GET', path, undefined, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(changed.headers.get('cache-control')).toBe('private, no-cache');
  });
});

describe('GET /v1/circles/{id}/feed', () => {
  it('tells every event in order, by positions that count by one', async () => {
    const [mum, aki] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([mum, aki]);
    const status = await post(aki, 'ok', { note: 'fine' });
    await waitForBoard(mum, circle, aki.person.id, status.id);
    await must(mum, 200, 'PATCH', `/v1/circles/${circle.id}`, { name: 'Home' });
    const { events, position } = await readFeed(mum, circle);
    expect(events.map(({ t }) => t)).toEqual(['member', 'member', 'status', 'circle']);
    const seqs = events.map((event) => Number(event.position.split('-')[1]));
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(position).toBe(events.at(-1)?.position);
    expect(position).toBe((await readBoard(mum, circle)).position);
  });

  it('goes on from any position, in pages', async () => {
    const [mum, aki] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([mum, aki]);
    const start = (await readBoard(mum, circle)).position;
    const posted = [await post(aki, 'ok'), await post(aki, 'hurt'), await post(aki, 'evacuated')];
    await waitFor(async () => (await readFeed(mum, circle, `?after=${start}`)).events.length === posted.length);
    const first = await readFeed(mum, circle, `?after=${start}&limit=2`);
    const second = await readFeed(mum, circle, `?after=${first.position}&limit=2`);
    const third = await readFeed(mum, circle, `?after=${second.position}&limit=2`);
    const told = [...first.events, ...second.events].map((event) => event.t === 'status' && event.status.id);
    expect(new Set(told)).toEqual(new Set(posted.map(({ id }) => id)));
    expect(third).toEqual({ position: second.position, events: [] });
  });

  it('calls a position of another epoch, or ahead of the head, lost', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    const [epoch = '', seq] = circle.position.split('-');
    const other = epoch === '00000000' ? '11111111' : '00000000';
    for (const after of [`${other}-${seq}`, `${epoch}-${Number(seq) + 1}`, `${epoch}-999999999999999`, `${epoch}-0`]) {
      const answer = await client.call('GET', `/v1/circles/${circle.id}/feed?after=${after}`);
      expect(answer, after).toMatchObject({ status: 410, body: { code: 'position-lost' } });
    }
  });

  it('begins where the reader joined', async () => {
    const [mum, aki, ken] = await suite.people('Mum', 'Aki', 'Ken');
    const circle = await suite.circle([mum, aki]);
    const before = await post(aki, 'hurt', { note: 'before Ken came' });
    await waitForBoard(mum, circle, aki.person.id, before.id);
    const { position } = await readBoard(mum, circle);
    await joinAll(mum, circle, [ken]);
    const { events } = await readFeed(ken, circle);
    expect(events).toMatchObject([{ t: 'member', change: 'joined', member: { id: ken.person.id } }]);
    expect(await ken.call('GET', `/v1/circles/${circle.id}/feed?after=${position}`)).toMatchObject({ status: 410 });
  });
});

describe('GET /v1/circles/{id}/members/{person}/statuses', () => {
  const read = (client: Client, circle: { id: string }, author: Client, query = '') =>
    must<{ statuses: Status[]; next: string | null }>(
      client,
      200,
      'GET',
      `/v1/circles/${circle.id}/members/${author.person.id}/statuses${query}`,
    );

  it('lists newest first, page by page', async () => {
    const [mum, aki] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([mum, aki]);
    const posted: string[] = [];
    for (let count = 0; count < 5; count++) posted.push((await post(aki, 'ok', { note: `${count}` })).id);
    await waitFor(async () => (await read(mum, circle, aki)).statuses.length === posted.length);
    const first = await read(mum, circle, aki, '?limit=3');
    const second = await read(mum, circle, aki, `?limit=3&before=${first.next}`);
    expect([...first.statuses, ...second.statuses].map(({ id }) => id)).toEqual(posted.reverse());
    expect(second.next).toBeNull();
  });

  it('begins at joining, and joining again does not open what was before', async () => {
    const [mum, aki, ken] = await suite.people('Mum', 'Aki', 'Ken');
    const circle = await suite.circle([mum, aki]);
    const before = await post(aki, 'hurt');
    await waitForBoard(mum, circle, aki.person.id, before.id);
    await joinAll(mum, circle, [ken]);
    expect((await read(ken, circle, aki)).statuses).toEqual([]);
    await must(ken, 404, 'GET', `/v1/statuses/${before.id}`);

    const during = await post(aki, 'ok');
    await waitForBoard(ken, circle, aki.person.id, during.id);
    expect((await read(ken, circle, aki)).statuses.map(({ id }) => id)).toEqual([during.id]);
    await must(ken, 200, 'GET', `/v1/statuses/${during.id}`);

    await must(ken, 204, 'DELETE', `/v1/circles/${circle.id}/members/${ken.person.id}`);
    await must(ken, 404, 'GET', `/v1/statuses/${during.id}`);
    await joinAll(mum, circle, [ken]);
    expect((await read(ken, circle, aki)).statuses).toEqual([]);
    await must(ken, 404, 'GET', `/v1/statuses/${during.id}`);
  });
});
