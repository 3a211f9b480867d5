import { beforeEach, describe, expect, it } from 'vitest';
import { CIRCLE, createPageWorld, ID, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

const PATH = `/answer/${ID.circle}/${ID.mum}`;

describe('GET /answer/:id/:person', () => {
  it('shows whom the alert told of, as this circle knows them, and the four buttons', async () => {
    const { status, text } = await world.get(PATH);
    expect(status).toBe(200);
    expect(text).toContain('Mum &lt;3 in Family &amp; friends');
    expect(text).toContain('on the &lt;b>roof');
    for (const condition of ['ok', 'evacuated', 'hurt', 'help']) expect(text).toContain(`value="${condition}" class="condition`);
    expect(text).toContain(`href="/circles/${ID.circle}"`);
    expect(text).toContain('href="tel:119"');
  });

  it('shows the circle where whom the alert told of is there no more', async () => {
    const { status, text } = await world.get(`/answer/${ID.circle}/${ID.stranger}`);
    expect(status).toBe(200);
    expect(text).toContain('<h1>Family &amp; friends</h1>');
    for (const condition of ['ok', 'help']) expect(text).toContain(`value="${condition}" class="condition`);
  });

  it('tells an old OK as a last word, without its colour: nobody may be reassured by old news', async () => {
    const old = new Date(Date.now() - 25 * 3_600_000).toISOString();
    const member = { id: ID.mum, nickname: 'Mum', avatar: { emoji: '🌸', colour: 'pink' }, role: 'keeper' } as const;
    const status = { id: ID.status, author: member, condition: 'ok', writtenAt: old, acceptedAt: old } as const;
    const board = { circle: CIRCLE, position: '1-1', since: old, counts: { ok: 0, evacuated: 0, hurt: 0, help: 0, silent: 1 } };
    world.answer({ board: async () => ({ ...board, members: [{ member, status }] }), memberStatuses: async () => [status] });
    const { text } = await world.get(PATH);
    expect(text).toMatch(/<div class="row silent"><div><p class="faint">Last word, .*?<span class="badge stale">/);
    const history = await world.get(`/circles/${ID.circle}/members/${ID.mum}`);
    expect(history.text).toMatch(/<li class="row silent">.*<span class="badge stale">/);
    expect(history.text).not.toMatch(/(badge|row) ok/);
  });

  it('posts nothing by being opened', async () => {
    await world.get(PATH);
    expect(new Set(world.calls.map(({ name }) => name))).toEqual(new Set(['viewer', 'board', 'listCircles', 'latestStatus']));
  });

  it('says that I have answered already, and lets me answer again', async () => {
    const { text } = await world.get(PATH);
    expect(text).toContain('You have answered already');
    expect(text).toContain('Sent');
    expect(text).toContain('id="post-status"');
  });

  it.each([
    ['nothing', null],
    ['something of yesterday', { writtenAt: new Date(Date.now() - 25 * 3_600_000).toISOString() }],
    ['something to others only', { circles: [ID.stranger] }],
  ])('does not say so where I have sent %s', async (_, change) => {
    const now = new Date().toISOString();
    const author = { id: ID.me, nickname: 'Ken', avatar: { emoji: '🐻', colour: 'brown' }, role: 'member' } as const;
    const last = { id: ID.status, author, condition: 'ok', writtenAt: now, acceptedAt: now, circles: [ID.circle] } as const;
    world.answer({ latestStatus: async () => change && { ...last, circles: [...last.circles], ...change } });
    const { text } = await world.get(PATH);
    expect(text).not.toContain('You have answered already');
    expect(text).toContain('Opening this page has sent nothing');
  });

  it.each([
    ['a circle that the reader is not in', `/answer/${ID.stranger}/${ID.mum}`],
    ['no id of a person', `/answer/${ID.circle}/x`],
    ['no id', '/answer/x/y'],
  ])('is not found for %s', async (_, path) => {
    const { status, text } = await world.get(path);
    expect(status).toBe(404);
    expect(text).toContain('There is nothing here');
    expect(text).not.toContain('Family');
  });

  it('keeps where to go for who has to sign in first', async () => {
    const { status, text } = await world.get(PATH, { signedIn: false });
    expect(status).toBe(401);
    expect(text).toContain(`/recover?next=${encodeURIComponent(PATH)}`);
  });
});

describe('GET /answer/:id', () => {
  it('shows how many have said what in the circle', async () => {
    const { status, text } = await world.get(`/answer/${ID.circle}`);
    expect(status).toBe(200);
    expect(text).toMatch(/badge help.*<b>1<\/b>/);
    expect(text).toMatch(/badge silent.*<b>1<\/b>/);
  });
});
