import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { RETRACTED_MAX } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { parseOrderKey } from './order-key.ts';
import type { StatusRecord } from './statuses.ts';

const world = openStoreWorld('retraction');
const { redis, keys, stores } = world;
const { publishing } = stores;
afterAll(world.close);

let circle: string;
let author: Member;
/** What the store of statuses would give: the records by id. */
let records: Map<string, StatusRecord>;
beforeEach(async () => {
  ({ id: circle, keeper: author } = await world.makeCircle());
  records = new Map();
});

/** A status written so many seconds after NOW; published unless told otherwise. */
async function post(seconds: number, { isPublished = true } = {}): Promise<StatusRecord> {
  const at = fromNow(seconds * 1_000).toISOString();
  const status = makeRecord(author.id, [circle], { writtenAt: at, acceptedAt: at, note: `${seconds}` });
  records.set(status.id, status);
  if (isPublished) await publishing.publish(circle, [status], NOW);
  return status;
}

/** As the accept path leaves it: marked, without its words. */
function mark({ note: _, ...status }: StatusRecord): StatusRecord {
  const marked: StatusRecord = { ...status, retracted: true };
  records.set(status.id, marked);
  return marked;
}

const readRecord = async (orderKey: string) => records.get(parseOrderKey(orderKey).id) ?? null;
const retract = (status: StatusRecord) => publishing.retract(circle, mark(status), readRecord, NOW);
const readShown = async () => (await stores.boards.read(circle, author.id, NOW))?.members[0]?.status?.id ?? null;
const readRetractions = async () => (await world.readFrames(circle)).filter(({ t }) => t === 'retracted');

describe('retract', () => {
  it('takes a status off board, history and news, and tells it with what the board falls back to', async () => {
    const [older, newer] = [await post(1), await post(2)];
    expect(await retract(newer)).toBe('retracted');
    expect(await readShown()).toBe(older.id);
    expect(await stores.histories.has(circle, newer)).toBe(false);
    expect(await redis.zrange(keys.circle.news(circle), '0', '-1')).toEqual([`${older.id} ${author.id}`]);
    expect(await readRetractions()).toMatchObject([
      { id: newer.id, author: author.id, status: { id: older.id, author, note: '1', writtenAt: older.writtenAt } },
    ]);
  });

  it('falls back to nothing where there is nothing', async () => {
    await retract(await post(1));
    expect(await readShown()).toBeNull();
    expect(await readRetractions()).toMatchObject([{ status: null }]);
  });

  it('leaves the board alone where a newer status stands', async () => {
    const [older, newer] = [await post(1), await post(2)];
    await retract(older);
    expect(await readShown()).toBe(newer.id);
    expect(await readRetractions()).toMatchObject([{ id: older.id, status: null }]);
  });

  it('tells it once, however often and at once it is done', async () => {
    const [, newer] = [await post(1), await post(2)];
    const all = await Promise.all([1, 2, 3].map(() => retract(newer)));
    expect(all.filter((outcome) => outcome === 'retracted')).toHaveLength(1);
    expect(await retract(newer)).toBe('seen');
    expect(await readRetractions()).toHaveLength(1);
  });
});

describe('the fallback', () => {
  it('is not a status that has expired', async () => {
    const [oldest, expired, newer] = [await post(1), await post(2), await post(3)];
    records.delete(expired.id);
    await retract(newer);
    expect(await readShown()).toBe(oldest.id);
    expect(await stores.histories.has(circle, expired)).toBe(false);
  });

  it('is not a status that is itself retracted, which is told all the same', async () => {
    const [oldest, middle, newer] = [await post(1), await post(2), await post(3)];
    mark(middle);
    await retract(newer);
    expect(await readShown()).toBe(oldest.id);
    await retract(middle);
    const told = await readRetractions();
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set([middle.id, newer.id]));
    expect(told).toHaveLength(2);
  });

  it('is never one of several that are retracted at once', async () => {
    const statuses = [await post(1), await post(2), await post(3), await post(4)];
    const [kept, ...others] = statuses;
    for (const status of others) mark(status);
    await Promise.all([...others, ...others].map(retract));
    expect(await readShown()).toBe(kept?.id);
    expect((await readRetractions()).map(({ id }) => id)).toHaveLength(3);
  });

  it('gives way to a status that is published at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const status = await post(round * 10 + 1);
      const next = await post(round * 10 + 2, { isPublished: false });
      await Promise.all([retract(status), publishing.publish(circle, [next], NOW)]);
      expect(await readShown()).toBe(next.id);
    }
  });
});

describe('a retraction that comes first', () => {
  it('keeps the status from ever being shown', async () => {
    const status = await post(1, { isPublished: false });
    expect(await retract(status)).toBe('retracted');
    expect(await publishing.publish(circle, [status], NOW)).toEqual({ outcomes: ['retracted'], digest: null });
    expect(await readShown()).toBeNull();
    // The keeper's joining is all that was ever told.
    expect(await world.readFrames(circle)).toHaveLength(1);
  });

  it('wins or follows when both come at once, and the status does not stay', async () => {
    for (let round = 0; round < 20; round++) {
      const status = await post(round, { isPublished: false });
      await Promise.all([publishing.publish(circle, [status], NOW), retract(status), publishing.publish(circle, [status], NOW)]);
      expect(await readShown()).toBeNull();
      expect(await stores.histories.has(circle, status)).toBe(false);
    }
  });
});

describe('a circle', () => {
  it('that is gone is not brought back', async () => {
    const status = await post(1);
    await stores.circles.remove(circle);
    expect(await retract(status)).toBe('seen');
    expect(await redis.keys(`${world.prefix}circle:{${circle}}*`)).toEqual([]);
  });

  it('that the author has left is told nothing, and its feed does not tell the status again', async () => {
    const status = await post(1);
    await world.letIn(circle, author, { ...author, id: '01900000-0000-7000-8000-000000000001', role: 'keeper' });
    await stores.members.remove(circle, author.id, 'leave');
    const before = await world.readFrames(circle);
    await retract(status);
    expect(await world.readFrames(circle)).toEqual(before);
    expect(await redis.zscore(keys.circle.retracted(circle), status.id)).not.toBeNull();
  });

  it('remembers so many retractions and no more', async () => {
    const old = Array.from({ length: RETRACTED_MAX + 5 }, (_, index) => [index, `old-${index}`]).flat();
    await redis.zadd(keys.circle.retracted(circle), ...old);
    await retract(await post(1));
    expect(await redis.zcard(keys.circle.retracted(circle))).toBe(RETRACTED_MAX);
  });
});
