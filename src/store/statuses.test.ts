import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { BATCH_MAX } from '../contract/limits.ts';
import { fromNow, makeRecord, openStoreWorld, STATUS_TTL_SECONDS } from '../testing/store-world.ts';
import type { StatusRecord } from './statuses.ts';

const world = openStoreWorld('statuses', { shards: 1 });
const { redis, keys, stores } = world;
const { statuses } = stores;
afterAll(world.close);

const [MUM, STRANGER, CIRCLE] = [uuidv7(), uuidv7(), uuidv7()];
const record = (fields: Partial<StatusRecord> = {}) => makeRecord(fields.author ?? MUM, [CIRCLE], fields);
const commit = (records: StatusRecord[], lane: 'fanout' | 'help' = 'fanout', seed = uuidv7()) =>
  statuses.commit(0, lane, records, seed);
const isQueued = async (id: string) => (await world.listWaiting()).filter(({ ids }) => ids.includes(id)).length;

describe('commit', () => {
  it('stores the record with its outbox entry', async () => {
    const status = record({ note: '"\n\\ 学校', place: 'Sendai', placeCircles: [] });
    const seed = uuidv7();
    const { batches, outcomes } = await commit([status], 'help', seed);
    expect(outcomes).toEqual([{ kind: 'stored' }]);
    expect(batches).toEqual([{ id: `${seed}-0`, ids: [status.id] }]);
    expect(await statuses.read(status.id)).toEqual(status);
    expect(await redis.ttl(keys.shard.status(0, status.id))).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
    expect(await world.listWaiting()).toContainEqual({ id: `${seed}-0`, lane: 'help', ids: [status.id] });
  });

  it('puts a group into batches of at most BATCH_MAX', async () => {
    const records = Array.from({ length: BATCH_MAX * 2 + 1 }, () => record());
    const { batches } = await commit(records);
    expect(batches.map(({ ids }) => ids.length)).toEqual([BATCH_MAX, BATCH_MAX, 1]);
    expect(batches.flatMap(({ ids }) => ids)).toEqual(records.map(({ id }) => id));
    expect(new Set(batches.map(({ id }) => id)).size).toBe(3);
  });

  it('stores the same status once, in one group, in many, and after its answer was lost', async () => {
    const first = record({ note: 'first' });
    const retry = { ...first, note: 'second', acceptedAt: fromNow(1_000).toISOString() };
    const { batches, outcomes } = await commit([first, retry]);
    expect(outcomes).toEqual([{ kind: 'stored' }, { kind: 'known', record: first }]);
    expect(batches).toHaveLength(1);
    for (const again of await Promise.all([commit([first]), commit([retry]), commit([retry], 'help')])) {
      expect(again).toEqual({ batches: [], outcomes: [{ kind: 'known', record: first }] });
    }
    expect(await isQueued(first.id)).toBe(1);
  });

  it('gives an id to whoever came first', async () => {
    const mine = record();
    const theirs = record({ id: mine.id, author: STRANGER });
    const [first, second] = await Promise.all([commit([mine]), commit([theirs])]);
    expect(first.outcomes).toEqual([{ kind: 'stored' }]);
    expect(second.outcomes).toEqual([{ kind: 'known', record: mine }]);
  });

  it('survives SCRIPT FLUSH', async () => {
    const all = Array.from({ length: 20 }, () => commit([record()]));
    await redis.script('FLUSH');
    for (const { outcomes } of await Promise.all([...all, commit([record()])])) expect(outcomes).toEqual([{ kind: 'stored' }]);
  });
});

describe('retract', () => {
  it('takes the words out of the record, keeps its time to live, and queues the news as help', async () => {
    const status = record({ note: 'secret', place: 'Sendai', placeCircles: [CIRCLE] });
    await commit([status]);
    const batch = uuidv7();
    expect(await statuses.retract(status.id, MUM, batch)).toBe('queued');
    const { note: _, place: __, placeCircles: ___, ...rest } = status;
    expect(await statuses.read(status.id)).toEqual({ ...rest, retracted: true });
    expect(await redis.get(keys.shard.status(0, status.id))).not.toMatch(/secret|Sendai/);
    expect(await redis.ttl(keys.shard.status(0, status.id))).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
    expect(await world.listWaiting()).toContainEqual({ id: batch, lane: 'help', ids: [status.id] });
  });

  it('queues once, however often and at once it is done', async () => {
    const status = record();
    await commit([status]);
    const all = await Promise.all([1, 2, 3].map(() => statuses.retract(status.id, MUM, uuidv7())));
    expect(all).toEqual(['queued', 'again', 'again']);
    expect(await isQueued(status.id)).toBe(2);
  });

  it('queues nothing again once the tombstone has expired', async () => {
    const status = record();
    await commit([status]);
    await statuses.retract(status.id, MUM, uuidv7());
    await redis.del(keys.shard.tombstone(0, status.id, MUM));
    expect(await statuses.retract(status.id, MUM, uuidv7())).toBe('again');
  });

  it('leaves a tombstone that the status finds when it comes', async () => {
    const status = record();
    expect(await statuses.retract(status.id, MUM, uuidv7())).toBe('unknown');
    expect(await redis.ttl(keys.shard.tombstone(0, status.id, MUM))).toBeGreaterThan(7 * 86_400 - 60);
    expect(await commit([status, status])).toEqual({ batches: [], outcomes: [{ kind: 'retracted' }, { kind: 'retracted' }] });
    expect(await statuses.read(status.id)).toBeNull();
    expect(await isQueued(status.id)).toBe(0);
  });

  it('by a stranger changes nothing, before or after the status came', async () => {
    const status = record();
    expect(await statuses.retract(status.id, STRANGER, uuidv7())).toBe('unknown');
    expect((await commit([status])).outcomes).toEqual([{ kind: 'stored' }]);
    expect(await statuses.retract(status.id, STRANGER, uuidv7())).toBe('foreign');
    expect(await statuses.read(status.id)).toEqual(status);
    expect(await isQueued(status.id)).toBe(1);
  });

  it('is either before or after a commit at the same moment, never lost between', async () => {
    for (let round = 0; round < 20; round++) {
      const status = record();
      const order = round % 2 === 0;
      const doRetract = () => statuses.retract(status.id, MUM, uuidv7());
      const [a, b] = await Promise.all(order ? [commit([status]), doRetract()] : [doRetract(), commit([status])]);
      const outcome = [a, b].find((answer) => typeof answer === 'string');
      const stored = await statuses.read(status.id);
      expect(outcome === 'queued' ? stored?.retracted : stored).toBe(outcome === 'queued' ? true : null);
    }
  });
});

describe('recordAlerted', () => {
  it('counts a person once, however many devices were alerted, for as long as the status lives', async () => {
    const { id } = record();
    const reached = (...people: string[]) => statuses.recordAlerted(new Map([[id, new Set(people)]]));
    await Promise.all([reached('dad'), reached('dad', 'mum')]);
    await statuses.recordAlerted(new Map());
    expect(await statuses.countAlerted(id)).toBe(2);
    expect(await redis.ttl(keys.shard.alerted(0, id))).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
  });
});

describe('forget', () => {
  it('leaves nothing of the statuses, also twice', async () => {
    const [mine, other] = [record(), record()];
    await commit([mine, other]);
    await redis.sadd(keys.shard.alerted(0, mine.id), 'x');
    expect(await statuses.countAlerted(mine.id)).toBe(1);
    await Promise.all([statuses.forget([mine.id]), statuses.forget([mine.id, uuidv7()])]);
    expect(await statuses.readMany([mine.id, other.id])).toEqual([null, other]);
    expect(await statuses.countAlerted(mine.id)).toBe(0);
  });
});

describe('shards', () => {
  it('keep a status, its tombstone and its outbox together', async () => {
    const sharded = openStoreWorld('statuses-sharded', { shards: 4 });
    const status = record();
    const shard = sharded.stores.statuses.shardOf(status.id);
    await sharded.stores.statuses.commit(shard, 'fanout', [status], uuidv7());
    expect(await sharded.stores.statuses.retract(status.id, MUM, uuidv7())).toBe('queued');
    expect(await sharded.listWaiting(shard)).toHaveLength(2);
    await sharded.close();
  });
});
