import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_MAX, DIGEST_GATHER_SECONDS, DIGEST_SECONDS, HISTORY_PER_MEMBER_MAX, LAG_SECONDS } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { fromNow, makeMember, makeRecord, NOW, openStoreWorld, STATUS_TTL_SECONDS } from '../testing/store-world.ts';
import { orderKeyOf } from './order-key.ts';
import type { StatusRecord } from './statuses.ts';

const world = openStoreWorld('publishing');
const { redis, keys, stores } = world;
afterAll(world.close);

/** One status alone. */
async function publish(to: string, status: StatusRecord, now: Date) {
  const { outcomes, digest } = await stores.publishing.publish(to, [status], now);
  return { outcome: outcomes[0], digest };
}

let circle: string;
let author: Member;
beforeEach(async () => {
  ({ id: circle, keeper: author } = await world.makeCircle());
});

const record = (fields: Partial<StatusRecord> = {}) => makeRecord(author.id, [circle], fields);
const readShown = async () =>
  (await stores.boards.read(circle, author.id, NOW))?.members.find(({ member }) => member.id === author.id)?.status ?? null;

describe('publish', () => {
  it('puts a status on the board, into the feed and the history', async () => {
    const status = record({ condition: 'hurt', note: 'いたい "leg"', place: 'Sendai', placeCircles: [circle] });
    expect((await publish(circle, status, NOW)).outcome).toBe('published');
    const { id, condition, note, place, writtenAt, acceptedAt } = status;
    const shown = { id, author, condition, note, place, writtenAt, acceptedAt };
    expect(await readShown()).toEqual(shown);
    expect((await world.readFrames(circle)).at(-1)).toMatchObject({ t: 'status', circle, status: shown });
    expect(await stores.histories.has(circle, status)).toBe(true);
    expect(await redis.ttl(keys.circle.history(circle, author.id))).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
  });

  it('shows a place only to the circles that it was meant for', async () => {
    await publish(circle, record({ place: 'Sendai', placeCircles: [uuidv7()] }), NOW);
    expect(await readShown()).not.toHaveProperty('place');
    expect(JSON.stringify(await world.readFrames(circle))).not.toContain('Sendai');
  });

  it('tells it once, however often and at once it is done', async () => {
    const status = record();
    const all = await Promise.all([1, 2, 3].map(() => publish(circle, status, NOW)));
    expect(all.map(({ outcome }) => outcome)).toEqual(['published', 'seen', 'seen']);
    expect((await publish(circle, status, fromNow(60_000))).outcome).toBe('seen');
    expect(await world.readFrames(circle)).toHaveLength(2);
    expect(await redis.zcard(keys.circle.news(circle))).toBe(1);
  });

  it('tells nothing of who is no member, or no member any more, and stores nothing', async () => {
    const left = await world.letIn(circle, author);
    await stores.members.remove(circle, left.id, 'leave');
    for (const stranger of [makeMember(), left]) {
      const status = makeRecord(stranger.id, [circle]);
      expect(await publish(circle, status, NOW)).toEqual({ outcome: 'not-member', digest: null });
      expect(await redis.exists(keys.circle.history(circle, stranger.id))).toBe(0);
    }
    const gone = uuidv7();
    expect((await publish(gone, record(), NOW)).outcome).toBe('not-member');
    expect(await redis.keys(`${world.prefix}circle:{${gone}}*`)).toEqual([]);
  });
});

describe('several at once', () => {
  const at = (ms: number) => ({ writtenAt: fromNow(ms).toISOString(), acceptedAt: fromNow(ms).toISOString() });
  const publishAll = (...statuses: StatusRecord[]) => stores.publishing.publish(circle, statuses, NOW);

  it('have an outcome each, and positions, feed and news in their order', async () => {
    const hana = await world.letIn(circle, author);
    const [first, help, again] = [record(at(1)), record({ ...at(2), condition: 'help' }), makeRecord(hana.id, [circle])];
    await publishAll(again);
    const taken = { ...record(at(3)), retracted: true as const };
    await stores.publishing.retract(circle, taken, async () => null, NOW);
    const before = (await world.readFrames(circle)).length;
    const hear = await world.listen(keys.circle.channel(circle));
    const { outcomes, digest } = await publishAll(first, makeRecord(makeMember().id, [circle]), help, again, taken, help);
    expect(outcomes).toEqual(['published', 'not-member', 'published', 'seen', 'retracted', 'seen']);
    expect(digest).toMatchObject({ window: 1, isOpened: false });
    const frames = (await world.readFrames(circle)).slice(before);
    expect(frames).toMatchObject([{ status: { id: first.id } }, { status: { id: help.id, condition: 'help' } }]);
    expect(new Set(frames.map(({ position }) => Number(position.split('-')[1])))).toEqual(new Set([before + 1, before + 2]));
    const lines = frames.flatMap((frame, index) => [
      `${frame.position} status ${[first, help][index]?.id}`,
      JSON.stringify(frame),
    ]);
    expect(await hear()).toEqual([`\n${lines.join('\n')}`]);
    expect((await readShown())?.id).toBe(help.id);
    expect(await redis.zrange(keys.circle.news(circle), '0', '-1')).toEqual(
      expect.arrayContaining([`${first.id} ${author.id}`, `${again.id} ${hana.id}`]),
    );
  });

  it('show the newest of each author, in whatever order they come', async () => {
    const hana = await world.letIn(circle, author);
    const [older, newer, newest] = [record(at(1)), record(at(2)), record(at(3))];
    await publishAll(newer, makeRecord(hana.id, [circle], at(9)), older);
    expect((await readShown())?.id).toBe(newer.id);
    await publishAll(newest, older, newer);
    expect((await readShown())?.id).toBe(newest.id);
    expect(await stores.histories.listIds(circle, author.id, NOW.toISOString())).toEqual([newest.id, newer.id, older.id]);
  });

  it('are published all the same when one of them cannot be', async () => {
    const hana = await world.letIn(circle, author);
    await redis.set(keys.circle.history(circle, hana.id), 'not a set');
    const [first, broken, last] = [record(at(1)), makeRecord(hana.id, [circle]), record(at(2))];
    const { outcomes } = await publishAll(first, broken, last);
    expect(outcomes).toEqual([
      'published',
      expect.objectContaining({ message: expect.stringContaining('WRONGTYPE') }),
      'published',
    ]);
    expect((await world.readFrames(circle)).filter(({ t }) => t === 'status')).toHaveLength(2);
  });

  it('leave nothing remembered where the circle itself is broken', async () => {
    await redis.set(keys.circle.board(circle), 'not a hash');
    const status = record();
    await expect(publishAll(status)).rejects.toThrow('WRONGTYPE');
    await redis.del(keys.circle.board(circle));
    expect((await publishAll(status)).outcomes).toEqual(['published']);
  });

  it('may be as many as a batch holds', async () => {
    const statuses = Array.from({ length: BATCH_MAX }, (_, index) => record(at(index)));
    expect(new Set((await publishAll(...statuses)).outcomes)).toEqual(new Set(['published']));
    expect((await world.readFrames(circle)).slice(1).map(({ status }) => (status as { id: string }).id)).toEqual(
      statuses.map(({ id }) => id),
    );
  });
});

describe('a late status', () => {
  const LATE = fromNow(LAG_SECONDS * 1_000 + 1);
  const at = (ms: number) => ({ writtenAt: fromNow(ms).toISOString(), acceptedAt: fromNow(ms).toISOString() });
  const [LATER, LAST] = [at(-1), at(0)];
  const publishAll = (statuses: StatusRecord[], now = LATE) => stores.publishing.publish(circle, statuses, now);
  const readTold = async () =>
    (await world.readFrames(circle)).flatMap(({ t, status }) => (t === 'status' ? [(status as { id: string }).id] : []));

  it('goes to the history alone once a newer one of its author is on the board', async () => {
    const [older, newer] = [record(LATER), record(LAST)];
    await publishAll([newer], NOW);
    const hear = await world.listen(keys.circle.channel(circle));
    expect(await publishAll([older])).toMatchObject({ outcomes: ['overtaken'] });
    expect(await readTold()).toEqual([newer.id]);
    expect(await hear()).toEqual([]);
    expect(await redis.zrange(keys.circle.news(circle), '0', '-1')).toEqual([`${newer.id} ${author.id}`]);
    expect(await stores.histories.listIds(circle, author.id, '1970-01-01T00:00:00.000Z')).toEqual([newer.id, older.id]);
    expect((await publishAll([older])).outcomes).toEqual(['seen']);
    expect((await readShown())?.id).toBe(newer.id);
  });

  it('is overtaken by a newer one that comes with it, in whatever order, and the newest is told', async () => {
    const [first, second, third] = [record(at(-2)), record(LATER), record(LAST)];
    expect((await publishAll([second, third, first])).outcomes).toEqual(['overtaken', 'published', 'overtaken']);
    expect(await readTold()).toEqual([third.id]);
    expect(await readShown()).toMatchObject({ id: third.id });
  });

  it('is told where its author has no newer one, and other people do', async () => {
    const hana = await world.letIn(circle, author);
    const [hers, older] = [makeRecord(hana.id, [circle], LAST), record(LATER)];
    expect((await publishAll([hers, older])).outcomes).toEqual(['published', 'published']);
    expect(await readTold()).toEqual([hers.id, older.id]);
  });

  it('is told when it is help, and what is not late is told too', async () => {
    const [help, newer] = [record({ ...LATER, condition: 'help' }), record(LAST)];
    expect((await publishAll([newer, help])).outcomes).toEqual(['published', 'published']);
    const inTime = record(at(-2));
    expect((await publishAll([inTime], fromNow(LAG_SECONDS * 1_000 - 2))).outcomes).toEqual(['published']);
  });

  it('is what the board falls back to when the newer one is taken back', async () => {
    const [older, newer] = [record(LATER), record(LAST)];
    await publishAll([older, newer]);
    await stores.publishing.retract(circle, { ...newer, retracted: true }, async () => older, LATE);
    expect((await readShown())?.id).toBe(older.id);
    expect((await world.readFrames(circle)).at(-1)).toMatchObject({ t: 'retracted', id: newer.id, status: { id: older.id } });
  });

  it('opens no alert window', async () => {
    const [older, newer] = [record(LATER), record({ ...LAST, condition: 'help' })];
    expect(await publishAll([older, newer])).toEqual({ outcomes: ['overtaken', 'published'], digest: null });
  });
});

describe('newest wins', () => {
  const LATER = fromNow(1_000).toISOString();
  const pairs: [string, Partial<StatusRecord>, Partial<StatusRecord>][] = [
    ['by writtenAt', { acceptedAt: LATER }, { writtenAt: LATER, acceptedAt: LATER }],
    ['by acceptedAt where writtenAt is equal', {}, { acceptedAt: LATER }],
    [
      'by id where both times are equal',
      { id: '01900000-0000-7000-8000-000000000009' },
      { id: '01900000-0000-7000-8000-00000000000a' },
    ],
  ];

  it.each(pairs)('%s, in either order and at once', async (_, olderFields, newerFields) => {
    const [older, newer] = [record(olderFields), record(newerFields)];
    await publish(circle, newer, NOW);
    expect((await publish(circle, older, NOW)).outcome).toBe('published');
    expect((await readShown())?.id).toBe(newer.id);
    const other = await world.makeCircle('friends', author);
    await Promise.all([older, newer, older, newer].map((status) => publish(other.id, status, NOW)));
    const board = await stores.boards.read(other.id, author.id, NOW);
    expect(board?.members[0]?.status?.id).toBe(newer.id);
  });

  it('holds for clocks at 1970 and in 2286', async () => {
    const first = record({ writtenAt: '1969-12-25T00:00:00.000Z', acceptedAt: '1970-01-01T00:00:00.000Z' });
    const last = record({ writtenAt: '2286-11-20T17:46:39.999Z', acceptedAt: '2286-11-20T17:46:39.999Z' });
    for (const status of [last, first]) await publish(circle, status, NOW);
    expect((await readShown())?.id).toBe(last.id);
    expect(await stores.histories.listIds(circle, author.id, '1970-01-01T00:00:00.000Z')).toEqual([last.id, first.id]);
  });
});

describe('the history of a member', () => {
  const at = (ms: number) => ({ writtenAt: fromNow(ms).toISOString(), acceptedAt: fromNow(ms).toISOString() });

  it('keeps the newest, and forgets the oldest', async () => {
    const statuses = Array.from({ length: HISTORY_PER_MEMBER_MAX + 3 }, (_, index) => record(at(index)));
    await Promise.all(statuses.map((status) => publish(circle, status, NOW)));
    const kept = await stores.histories.listIds(circle, author.id, NOW.toISOString());
    expect(kept).toEqual(
      statuses
        .slice(3)
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it('does not take a status that is older than all of it when it is full, so that it is not told at each repetition', async () => {
    const statuses = Array.from({ length: HISTORY_PER_MEMBER_MAX }, (_, index) => record(at(index)));
    await Promise.all(statuses.map((status) => publish(circle, status, NOW)));
    const old = record(at(-1));
    await Promise.all([publish(circle, old, NOW), publish(circle, old, NOW)]);
    await publish(circle, old, NOW);
    const headers = (await redis.xrange(keys.circle.feed(circle), '-', '+')).map(([, fields]) => fields[1]);
    expect(headers).not.toContain(`status ${old.id}`);
    expect(await redis.zscore(keys.circle.history(circle, author.id), orderKeyOf(old))).toBeNull();
  });
});

describe('the news for the next digest', () => {
  const window = async (fields: Partial<StatusRecord> = {}, at = NOW) => (await publish(circle, record(fields), at)).digest;

  it('is due after a moment where the circle was quiet, and collects what comes until it is told', async () => {
    const dueAt = fromNow(DIGEST_GATHER_SECONDS * 1_000).getTime();
    expect(await window()).toEqual({ window: 1, dueAt, isOpened: true });
    expect(await window({}, fromNow(5_000))).toEqual({ window: 1, dueAt, isOpened: false });
    expect(await redis.zcard(keys.circle.news(circle))).toBe(2);
    expect(await redis.ttl(keys.circle.news(circle))).toBeGreaterThan(86_000);
  });

  it('waits for DIGEST_SECONDS after the last digest', async () => {
    await redis.hset(keys.circle.alerts(circle), { window: 7, dueAt: '', lastAt: NOW.getTime() });
    expect(await window({}, fromNow(5_000))).toEqual({
      window: 8,
      dueAt: fromNow(DIGEST_SECONDS * 1_000).getTime(),
      isOpened: true,
    });
  });

  it('names the window again for a status that was seen, for its job may be what was lost', async () => {
    const status = record();
    await publish(circle, status, NOW);
    expect(await publish(circle, status, fromNow(1_000))).toEqual({
      outcome: 'seen',
      digest: { window: 1, dueAt: fromNow(DIGEST_GATHER_SECONDS * 1_000).getTime(), isOpened: false },
    });
  });

  it('has no help in it: help is alerted on its own', async () => {
    expect(await window({ condition: 'help' })).toBeNull();
    expect(await redis.exists(keys.circle.news(circle))).toBe(0);
  });
});
