import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { NOW, openStoreWorld, STATUS_TTL_SECONDS } from '../testing/store-world.ts';
import { createAlerts } from './alerts.ts';
import type { StatusRecord } from './statuses.ts';

const world = openStoreWorld('reached', { shards: 4 });
const { redis, keys } = world;
const { reached, statuses } = world.stores;
afterAll(world.close);

const AUTHOR = uuidv7();

async function store(): Promise<StatusRecord> {
  const at = NOW.toISOString();
  const record: StatusRecord = { id: uuidv7(), author: AUTHOR, condition: 'ok', circles: [], writtenAt: at, acceptedAt: at };
  await statuses.commit(statuses.shardOf(record.id), 'fanout', [record], uuidv7());
  return record;
}

describe('findAlerts', () => {
  it('knows what was claimed for a person, on their devices with alerts', async () => {
    const [person, session, status, help] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const find = () => reached.findAlerts(person, session, [status, help, uuidv7()]);
    await redis.hset(keys.person.push(person), session, 'fcm {}');
    expect(await find()).toEqual([]);
    const alerts = createAlerts(redis, keys);
    await alerts.claim(person, 'digest-c-1', [status], NOW);
    await alerts.claim(person, `help-c-${help}`, [help], NOW);
    await alerts.settle(person, 'digest-c-1', [status], 'alerts');
    expect(await find()).toEqual([
      { status, isHelp: false },
      { status: help, isHelp: true },
    ]);
    expect(await reached.findAlerts(person, uuidv7(), [status])).toEqual([]);
  });
});

describe('record', () => {
  it('counts people once, also at the same moment, and says for whom that is new', async () => {
    const made = await Promise.all([store(), store(), store(), store()]);
    const ids = made.map(({ id }) => id);
    const answers = await Promise.all([reached.record('mum', ids), reached.record('mum', ids), reached.record('dad', ids)]);
    const told = answers.flat().map(({ status }) => status);
    for (const id of ids) {
      expect(await reached.count(id)).toBe(2);
      expect(told.filter((status) => status === id)).toHaveLength(2);
    }
    expect(answers.flat().every(({ author }) => author === AUTHOR)).toBe(true);
    expect(await reached.record('mum', ids)).toEqual([]);
  });

  it('keeps the count as long as the status, and nobody by their id', async () => {
    const { id } = await store();
    const person = uuidv7();
    await reached.record(person, [id]);
    const key = keys.shard.reached(statuses.shardOf(id), id);
    const ttl = await redis.ttl(key);
    expect(ttl).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
    expect(ttl).toBeLessThanOrEqual(STATUS_TTL_SECONDS);
    expect((await redis.smembers(key)).join()).not.toContain(person);
  });

  it('counts nothing for a status that is unknown, retracted or erased, and forgets what was counted', async () => {
    const [retracted, erased] = [await store(), await store()];
    const ids = [retracted.id, erased.id, uuidv7()];
    expect(await reached.record('mum', ids)).toHaveLength(2);
    await statuses.retract(retracted.id, AUTHOR, uuidv7());
    await statuses.forget([erased.id]);
    expect(await Promise.all(ids.map((id) => reached.count(id)))).toEqual([0, 0, 0]);
    expect(await reached.record('dad', ids)).toEqual([]);
    expect(await Promise.all(ids.map((id) => reached.count(id)))).toEqual([0, 0, 0]);
  });

  it('does nothing where there is nothing to count', async () => {
    expect(await reached.record('mum', [])).toEqual([]);
  });
});
