import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { createKeys, shardOf } from './keys.ts';

const keys = createKeys('buji:');

/** What decides the cluster slot of a key (Redis cluster specification, "hash tags"). */
const tagOf = (key: string) => /\{([^}]+)\}/.exec(key)?.[1];

/** Calls every builder of a group with arguments of any kind. */
function buildAll(group: object): string[] {
  return Object.values(group).map((build: (...parts: unknown[]) => string) => build('A', 'B', 'C'));
}

describe('createKeys', () => {
  it('keeps the keys of a circle, and those of a person, in one slot', () => {
    expect(new Set(buildAll(keys.circle).map(tagOf))).toEqual(new Set(['A']));
    expect(new Set(buildAll(keys.person).map(tagOf))).toEqual(new Set(['A']));
  });

  it('keeps statuses, tombstones and the outbox of a shard in one slot, for they are committed together', () => {
    const { status, tombstone, alerted, outbox, batches, parked } = keys.shard;
    const all = [status(2, 'A'), tombstone(2, 'A', 'B'), alerted(2, 'A'), batches(2), parked(2)];
    all.push(outbox(2, 'fanout'), outbox(2, 'help'));
    expect(new Set(all.map(tagOf))).toEqual(new Set(['s2']));
    expect(new Set(all).size).toBe(all.length);
  });

  it('names no two things alike, and puts the prefix before all of them', () => {
    const all = [...buildAll(keys.circle), ...buildAll(keys.person), ...buildAll(keys.shard), keys.control, keys.rate];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((key) => key.startsWith('buji:'))).toBe(true);
  });

  it('gives a tombstone to each author, so that a stranger cannot block an id', () => {
    expect(keys.shard.tombstone(0, 'id', 'mum')).not.toBe(keys.shard.tombstone(0, 'id', 'stranger'));
  });
});

describe('shardOf', () => {
  it('says the same for the same id, always within the shards', () => {
    const id = uuidv7();
    expect(shardOf(id, 4)).toBe(shardOf(id, 4));
    expect(shardOf(id, 1)).toBe(0);
    // Written down: a shard that moved would lose the outbox entries and the idempotency of a running service.
    expect(shardOf('01900000-0000-7000-8000-000000000001', 8)).toBe(3);
  });

  it('spreads ids of the same millisecond evenly', () => {
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 4_000; index++) {
      const shard = shardOf(uuidv7(), 4);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(800);
  });
});
