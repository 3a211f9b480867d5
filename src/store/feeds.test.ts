import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('feeds');
const { redis, keys, stores, server } = world;
const { feeds, publishing } = stores;
afterAll(world.close);

let circle: string;
let keeper: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
});

/** Changes the circle's name so many times: each is one event. */
async function emit(times: number): Promise<void> {
  for (let index = 0; index < times; index++) await stores.circles.change(circle, 'Tanaka', 'keepers');
}

async function read(after: string | null, { person = keeper.id, limit = 100 } = {}) {
  const answer = await feeds.read(circle, person, after, limit);
  return typeof answer === 'string'
    ? answer
    : { position: answer.position, seqs: answer.events.map(({ position }) => seqOf(position)) };
}
const seqOf = (position: string) => Number(position.split('-')[1]);

async function readPosition(person = keeper.id): Promise<string> {
  return (await stores.circles.view(person, circle))?.circle.position ?? '';
}

describe('catching up', () => {
  it('gives what came after a position, oldest first, and the position to go on from', async () => {
    const start = await readPosition();
    await emit(5);
    expect(await read(start, { limit: 2 })).toEqual({ position: start.replace(/1$/, '3'), seqs: [2, 3] });
    expect(await read(start.replace(/1$/, '3'))).toEqual({ position: await readPosition(), seqs: [4, 5, 6] });
    expect(await read(await readPosition())).toEqual({ position: await readPosition(), seqs: [] });
  });

  it('gives each event as it was published', async () => {
    const hear = await world.listen(keys.circle.channel(circle));
    const start = await readPosition();
    await publishing.publish(circle, [makeRecord(keeper.id, [circle], { note: 'はい "ok"\n\\' })], NOW);
    const answer = await feeds.read(circle, keeper.id, start, 10);
    const events = typeof answer === 'string' ? [] : answer.events;
    expect(events.map(({ position, header, frame }) => `${position} ${header}\n${frame}`)).toEqual(await hear());
  });
});

describe('a lost position', () => {
  it('is one of another epoch', async () => {
    await emit(2);
    const before = await readPosition();
    server.runId = 'b'.repeat(40);
    await emit(1);
    expect(await read(before)).toBe('position-lost');
    expect(await read(await readPosition())).toMatchObject({ seqs: [] });
  });

  it('is one ahead of the head, and what is no position at all', async () => {
    expect(await read((await readPosition()).replace(/1$/, '2'))).toBe('position-lost');
    expect(await read('nonsense')).toBe('position-lost');
  });

  it('is one whose successor was trimmed', async () => {
    const start = await readPosition();
    await emit(4);
    await redis.xtrim(keys.circle.feed(circle), 'MAXLEN', 2);
    expect(await read(start)).toBe('position-lost');
    expect(await read(start.replace(/1$/, '2'))).toBe('position-lost');
    expect(await read(start.replace(/1$/, '3'))).toMatchObject({ seqs: [4, 5] });
  });

  it('is one from before the reader joined, or joined again', async () => {
    const start = await readPosition();
    await emit(3);
    const hana = await world.letIn(circle, keeper);
    expect(await read(start, { person: hana.id })).toBe('position-lost');
    const joinedAt = await readPosition();
    await emit(2);
    expect(await read(joinedAt, { person: hana.id })).toMatchObject({ seqs: [6, 7] });
    await stores.members.remove(circle, hana.id, 'leave');
    expect(await feeds.read(circle, hana.id, joinedAt, 10)).toBe('not-member');
    await world.letIn(circle, keeper, hana);
    expect(await read(joinedAt, { person: hana.id })).toBe('position-lost');
  });
});

describe('reading from the start', () => {
  it('begins where the reader joined, however much came before', async () => {
    await emit(30);
    const hana = await world.letIn(circle, keeper);
    await emit(3);
    const first = await read(null, { person: hana.id, limit: 2 });
    expect(first).toEqual({ position: (await readPosition()).replace(/35$/, '33'), seqs: [32, 33] });
    expect(await read((first as { position: string }).position, { person: hana.id, limit: 2 })).toMatchObject({ seqs: [34, 35] });
  });

  it('begins with this epoch, however much the one before left', async () => {
    await emit(20);
    server.runId = 'c'.repeat(40);
    await emit(2);
    expect(await read(null, { limit: 5 })).toEqual({ position: await readPosition(), seqs: [22, 23] });
  });

  it('begins with the oldest that is kept', async () => {
    await emit(5);
    await redis.xtrim(keys.circle.feed(circle), 'MAXLEN', 3);
    expect(await read(null)).toMatchObject({ seqs: [4, 5, 6] });
  });
});

describe('a stranger', () => {
  it('is told the same of a circle that exists and one that does not', async () => {
    expect(await feeds.read(circle, uuidv7(), null, 10)).toBe('not-member');
    expect(await feeds.read(uuidv7(), keeper.id, null, 10)).toBe('not-member');
  });
});

describe('a retracted status', () => {
  const words = 'not for everybody';

  it('is not told again: its retraction stands in its place', async () => {
    const start = await readPosition();
    const status = makeRecord(keeper.id, [circle], { note: words });
    await publishing.publish(circle, [status], NOW);
    await publishing.retract(circle, { ...status, retracted: true }, async () => null, NOW);
    const answer = await feeds.read(circle, keeper.id, start, 10);
    expect(JSON.stringify(answer)).not.toContain(words);
    const frames = typeof answer === 'string' ? [] : answer.events.map(({ frame }) => JSON.parse(frame));
    expect(frames.map(({ t, id }) => [t, id])).toEqual([
      ['retracted', status.id],
      ['retracted', status.id],
    ]);
  });

  it('stays untold for as long as the feed holds it, also when months have passed', async () => {
    const start = await readPosition();
    const status = makeRecord(keeper.id, [circle], { note: words });
    await publishing.publish(circle, [status], NOW);
    await publishing.retract(circle, { ...status, retracted: true }, async () => null, NOW);
    const later = makeRecord(keeper.id, [circle]);
    const inMonths = new Date(NOW.getTime() + 100 * 86_400_000);
    await publishing.publish(circle, [later], inMonths);
    await publishing.retract(circle, { ...later, retracted: true }, async () => null, inMonths);
    expect(await redis.ttl(keys.circle.retracted(circle))).toBe(-1);
    expect(JSON.stringify(await feeds.read(circle, keeper.id, start, 10))).not.toContain(words);
  });
});
