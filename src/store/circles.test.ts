import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('circles');
const { redis, keys, stores } = world;
afterAll(world.close);

let circle: string;
let keeper: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
});

describe('create', () => {
  it('makes a circle whose only member is its keeper', async () => {
    const view = await stores.circles.view(keeper.id, circle);
    expect(view?.circle).toEqual({
      id: circle,
      name: 'Tanaka',
      footprints: true,
      kind: 'family',
      createdAt: NOW.toISOString(),
      memberCount: 1,
      role: 'keeper',
      position: expect.stringMatching(/^[0-9a-f]{8}-1$/),
      invites: 'keepers',
    });
    expect(view?.member).toEqual(keeper);
    expect(view?.membership).toEqual({ joinedAt: NOW.toISOString(), joinedSeq: 1 });
  });

  it('makes it once, however often and at once it is sent', async () => {
    const input = { id: uuidv7(), name: 'Work', kind: 'work' as const, member: keeper, now: NOW };
    await Promise.all([1, 2, 3].map(() => stores.circles.create(input)));
    await stores.circles.create({ ...input, name: 'Other' });
    expect((await stores.circles.view(keeper.id, input.id))?.circle).toMatchObject({ name: 'Work', memberCount: 1 });
    expect(await world.readFrames(input.id)).toHaveLength(1);
  });
});

describe('view', () => {
  it('shows nothing to strangers, and nothing of what does not exist', async () => {
    expect(await stores.circles.view(uuidv7(), circle)).toBeNull();
    expect(await stores.circles.view(keeper.id, uuidv7())).toBeNull();
  });
});

describe('listOf and listPositions', () => {
  it('leaves out what the list names but the circle does not know', async () => {
    await redis.hset(keys.person.circles(keeper.id), uuidv7(), 'family');
    expect((await stores.circles.listOf(keeper.id)).map(({ circle: { id } }) => id)).toEqual([circle]);
  });

  it('tells where each is, by the same rule', async () => {
    const other = await world.makeCircle();
    await redis.hset(keys.person.circles(keeper.id), { [other.id]: 'family', [uuidv7()]: 'family' });
    const position = (await stores.circles.view(keeper.id, circle))?.circle.position;
    expect(await stores.circles.listPositions(keeper.id)).toEqual([{ id: circle, position }]);
  });
});

describe('change', () => {
  it('changes name and policy, and tells the members with the next position', async () => {
    expect(await stores.circles.change(circle, 'Family "T" \\ 田中', 'members')).toBe(true);
    const view = await stores.circles.view(keeper.id, circle);
    expect(view?.circle).toMatchObject({ name: 'Family "T" \\ 田中', invites: 'members' });
    expect((await world.readFrames(circle)).at(-1)).toEqual({
      t: 'circle',
      circle,
      position: view?.circle.position,
      name: 'Family "T" \\ 田中',
      invites: 'members',
    });
  });

  it('brings no circle back that is gone', async () => {
    const gone = uuidv7();
    expect(await stores.circles.change(gone, 'x', 'members')).toBe(false);
    expect(await redis.exists(keys.circle.info(gone), keys.circle.feed(gone))).toBe(0);
  });
});

describe('remove', () => {
  it('leaves nothing of the circle, and tells its channel once', async () => {
    const member = await world.letIn(circle, keeper);
    await stores.publishing.publish(circle, [makeRecord(member.id, [circle])], NOW);
    const hear = await world.listen(keys.circle.channel(circle));

    await Promise.all([stores.circles.remove(circle), stores.circles.remove(circle)]);
    await stores.circles.remove(circle);
    expect(await hear()).toEqual([expect.stringMatching(/^[0-9a-f]{8}-4 deleted \S+\n\{"t":"left","circle":"\S+"\}$/)]);
    expect((await redis.keys(`${world.prefix}circle:{${circle}}*`)).filter((key) => !key.endsWith(':claim'))).toEqual([]);
    expect(await stores.circles.listOf(member.id)).toEqual([]);
    expect(await redis.hlen(keys.person.circles(member.id))).toBe(0);
  });

  it('deletes an official circle of 9,000', async () => {
    const crowd = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`p${index}`, '{}']));
    await redis.hset(keys.circle.members(circle), crowd);
    await redis.zadd(keys.circle.history(circle, 'p8999'), 1, 'x');
    await stores.circles.remove(circle);
    expect(await redis.exists(keys.circle.info(circle), keys.circle.history(circle, 'p8999'))).toBe(0);
  });
});
