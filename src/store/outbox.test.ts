import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lane } from '../platform/jobs.ts';
import { makeRecord, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('outbox');
const { redis, keys, stores } = world;
const { outbox } = stores;
afterAll(world.close);
beforeEach(() => {
  const { outbox: outboxOf, batches, parked } = keys.shard;
  return redis.del(
    [0, 1].flatMap((shard) => [outboxOf(shard, 'fanout'), outboxOf(shard, 'help'), batches(shard), parked(shard)]),
  );
});

/** Commits so many statuses at once; their batch. */
async function commit(count: number, shard = 0, lane: Lane = 'fanout') {
  const records = Array.from({ length: count }, () => makeRecord(uuidv7(), [uuidv7()]));
  const { batches } = await stores.statuses.commit(shard, lane, records, uuidv7());
  return batches[0] ?? { id: '', ids: [] };
}

describe('listDue', () => {
  it('gives batches that have waited for so long, oldest first, at most so many', async () => {
    const early = await commit(2);
    await world.ageOutbox(60_000);
    const late = await commit(1);
    await world.ageOutbox(60_000);
    const due = (ms: number, limit = 9) => outbox.listDue(0, 'fanout', ms, limit);
    expect(await due(9 * 60_000)).toEqual([]);
    expect(await due(120_000)).toEqual([{ ...early, lane: 'fanout' }]);
    expect((await due(60_000)).map(({ id }) => id)).toEqual([early.id, late.id]);
    expect((await due(60_000, 1)).map(({ id }) => id)).toEqual([early.id]);
  });

  it('gives a lane its own, and forgets what a release before fanned out and left in it', async () => {
    const [other, help] = [await commit(1), await commit(1, 0, 'help')];
    const due = async (lane: Lane) => (await outbox.listDue(0, lane, 0, 9)).map(({ id }) => id);
    expect(await due('help')).toEqual([help.id]);
    expect(await due('fanout')).toEqual([other.id]);
    await redis.hdel(keys.shard.batches(0), help.id);
    expect(await due('help')).toEqual([]);
    expect(await redis.zcard(keys.shard.outbox(0, 'help'))).toBe(0);
  });
});

describe('oldestAgeSeconds', () => {
  /** Between the two there is what the test itself takes. */
  const expectAge = async (shards: number, seconds: number) => {
    const age = await outbox.oldestAgeSeconds(shards);
    expect(age).toBeGreaterThanOrEqual(seconds);
    expect(age).toBeLessThan(seconds + 500);
  };

  it('is the longest wait in any shard and lane, 0 when nothing waits', async () => {
    expect(await outbox.oldestAgeSeconds(2)).toBe(0);
    expect(await outbox.oldestWaitMs(0)).toBeNull();
    await commit(1, 0, 'help');
    await world.ageOutbox(1_000_000);
    await commit(1);
    await expectAge(2, 1_000);
    await commit(1, 1);
    await world.ageOutbox(7_000_000, 1);
    await expectAge(2, 7_000);
    await expectAge(1, 1_000);
  });

  it('is that of no entry whose batch is gone: a worker of the release before cleared it in the one outbox that it knew', async () => {
    const [gone] = [await commit(1, 0, 'help'), await world.ageOutbox(60_000)];
    await commit(1, 0, 'help');
    await redis.hdel(keys.shard.batches(0), gone.id);
    await expectAge(1, 0);
    await redis.del(keys.shard.batches(0));
    expect(await outbox.oldestWaitMs(0)).toBeNull();
  });

  it('is 0 where the clock of Redis was set back', async () => {
    await commit(1);
    await world.ageOutbox(-600_000);
    expect(await outbox.oldestAgeSeconds(1)).toBe(0);
  });

  it('goes by no clock but that of Redis, however wrong that of who accepts', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    try {
      const [batch, help] = [await commit(2), makeRecord(uuidv7(), [uuidv7()], { condition: 'help' })];
      await outbox.split(0, batch.id);
      await stores.statuses.commit(0, 'help', [help], uuidv7());
      await stores.statuses.retract(help.id, help.author, uuidv7());
      await expectAge(1, 0);
      expect(await world.listWaiting()).toHaveLength(4);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('finish', () => {
  it('leaves nothing of the batch, also twice', async () => {
    const [done, help, other] = [await commit(2), await commit(1, 0, 'help'), await commit(1)];
    await Promise.all([outbox.finish(0, [done.id, help.id]), outbox.finish(0, [done.id, help.id])]);
    expect((await world.listWaiting()).map(({ id }) => id)).toEqual([other.id]);
    expect(await redis.hlen(keys.shard.batches(0))).toBe(1);
  });
});

describe('split', () => {
  it.each<Lane>(['fanout', 'help'])(
    'makes one batch of each status, on the same lane (%s), and the old one goes',
    async (lane) => {
      const batch = await commit(3, 0, lane);
      await world.ageOutbox(120_000);
      const singles = await outbox.split(0, batch.id);
      expect(singles).toEqual(batch.ids.map((id, index) => ({ id: `${batch.id}-${index}`, ids: [id] })));
      expect(await outbox.listDue(0, lane, 60_000, 9)).toEqual([]);
      const due = await outbox.listDue(0, lane, 0, 9);
      expect(new Set(due.map(({ id }) => id))).toEqual(new Set(singles.map(({ id }) => id)));
      expect(due.every((single) => single.lane === lane)).toBe(true);
    },
  );

  it('is done once, however many do it at once', async () => {
    const batch = await commit(3);
    const all = await Promise.all([1, 2, 3].map(() => outbox.split(0, batch.id)));
    expect(all.map((singles) => singles.length)).toEqual([3, 0, 0]);
    expect(await redis.hlen(keys.shard.batches(0))).toBe(3);
  });

  it('leaves a batch of one as it is', async () => {
    const batch = await commit(1);
    expect(await outbox.split(0, batch.id)).toEqual([]);
    expect(await world.listWaiting()).toHaveLength(1);
  });
});

describe('park', () => {
  it.each<Lane>(['fanout', 'help'])('takes a batch out of the way once, and keeps what it was (%s)', async (lane) => {
    const batch = await commit(1, 0, lane);
    expect(await Promise.all([outbox.park(0, batch.id), outbox.park(0, batch.id)])).toEqual([true, false]);
    expect(await world.listWaiting()).toEqual([]);
    expect(await redis.hgetall(keys.shard.parked(0))).toEqual({ [batch.id]: `${lane} ${batch.ids[0]}` });
    expect(await outbox.countParked(0)).toBe(1);
  });

  it('is undone by the commands of the runbook, and what comes back has waited for no time', async () => {
    const batch = await commit(1);
    await outbox.park(0, batch.id);
    const [entry = ''] = await redis.hvals(keys.shard.parked(0));
    const runbook = readFileSync(new URL('../../deploy/runbook.md', import.meta.url), 'utf8');
    const [commands = ''] = /^redis-cli HGETALL[^`]*/m.exec(runbook) ?? [];
    const filled = commands
      .replaceAll('buji:', world.prefix)
      .replaceAll('fanout 0190…', entry)
      .replaceAll('<batch>', batch.id)
      .replaceAll('redis-cli', `"$CLI" -s "${redis.options.path}"`);
    execFileSync('sh', ['-euc', `CLI=$(command -v redis-cli || command -v valkey-cli)\n${filled}`]);
    expect(await world.listWaiting()).toEqual([{ id: 'again-1', lane: 'fanout', ids: batch.ids }]);
    expect(await outbox.oldestAgeSeconds(1)).toBeLessThan(120);
    expect(await outbox.countParked(0)).toBe(0);
  });
});
