import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { fromNow, NOW, openStoreWorld, STATUS_TTL_SECONDS } from '../testing/store-world.ts';

const world = openStoreWorld('posting');
const { redis, keys, stores } = world;
afterAll(world.close);

const RATE = { points: 100, seconds: 60 };
let author: Member;
let family: string;
beforeEach(async () => {
  ({ id: family, keeper: author } = await world.makeCircle('family'));
});

async function begin(asked?: string[], { id = uuidv7(), person = author.id, at = NOW, rate = RATE } = {}) {
  const begun = await stores.posting.begin(person, id, asked, at, rate);
  return begun.kind === 'begun' ? begun.circles : begun;
}

describe('the circles', () => {
  it('are all that the author is in, or those of them that were asked for, with kind and role', async () => {
    const other = await world.makeCircle('official');
    await world.letIn(other.id, other.keeper, { ...author, role: 'member' });
    const inFamily = { id: family, kind: 'family', role: 'keeper' };
    const inTown = { id: other.id, kind: 'official', role: 'member' };
    expect(new Set((await begin()) as object[])).toEqual(new Set([inFamily, inTown]));
    expect(await begin([other.id, uuidv7()])).toEqual([inTown]);
    expect(await begin([other.id, family])).toEqual([inTown, inFamily]);
    expect(await begin([])).toEqual([]);
    expect(await begin(undefined, { person: uuidv7() })).toEqual([]);
  });

  it('leave out what the list names but the circle does not know', async () => {
    const gone = uuidv7();
    await redis.hset(keys.person.circles(author.id), gone, 'family');
    expect(await begin()).toMatchObject([{ id: family }]);
    expect(await begin([gone])).toEqual([]);
  });
});

describe("the author's own list", () => {
  it('is newest first, has each id once, and none that was for no circle of theirs', async () => {
    const [first, second] = [uuidv7(), uuidv7()];
    await begin([family], { id: first });
    await begin(undefined, { id: second, at: fromNow(1) });
    await begin(undefined, { id: first, at: fromNow(2) });
    await begin([uuidv7()], { at: fromNow(3) });
    expect(await stores.statuses.listOwn(author.id, 10)).toEqual([second, first]);
    expect(await stores.statuses.listOwn(author.id, 1)).toEqual([second]);
  });

  it('keeps the newest thousand, and some until it is trimmed; it always ends some day', async () => {
    const key = keys.person.statuses(author.id);
    const many = Array.from({ length: 1_100 }, (_, index) => [index, `old-${index}`]).flat();
    await redis.zadd(key, ...many);
    await begin();
    expect(await redis.zcard(key)).toBe(1_000);
    expect(await redis.zscore(key, 'old-100')).toBeNull();
    expect(await redis.ttl(key)).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
    await redis.del(key);
    await begin();
    expect(await redis.ttl(key)).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
    for (let index = 0; index < 200; index++) await begin(undefined, { rate: { points: 999, seconds: 60 } });
    expect(await redis.zcard(key)).toBe(201);
    await redis.zadd(key, ...many);
    for (let index = 0; index < 64; index++) await begin(undefined, { rate: { points: 999, seconds: 60 } });
    expect(await redis.zcard(key)).toBeLessThan(1_064);
  });
});

describe('the rate', () => {
  it('refuses what is beyond it until its window ends, for all processes together', async () => {
    const rate = { points: 3, seconds: 60 };
    const many = await Promise.all(Array.from({ length: 10 }, () => begin(undefined, { rate })));
    const refused = many.filter((answer) => !Array.isArray(answer)) as { kind: string; retryAfterSeconds: number }[];
    expect(refused).toHaveLength(7);
    for (const { kind, retryAfterSeconds } of refused) {
      expect(kind).toBe('too-many');
      expect(retryAfterSeconds).toBeGreaterThan(50);
      expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    }
    expect(await redis.zcard(keys.person.statuses(author.id))).toBe(3);
    const other = await world.makeCircle();
    expect(await begin(undefined, { person: other.keeper.id, rate })).toHaveLength(1);
    await redis.pexpire(keys.person.posts(author.id), 1);
    await expect.poll(() => redis.exists(keys.person.posts(author.id))).toBe(0);
    expect(await begin(undefined, { rate })).toHaveLength(1);
  });
});
