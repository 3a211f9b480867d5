import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { INVITES_PER_CIRCLE_MAX } from '../contract/limits.ts';
import type { Member, Person } from '../contract/people.ts';
import { makeMember, openStoreWorld } from '../testing/store-world.ts';
import { createCirclesService } from './circles.ts';
import { createInvitesService } from './invites.ts';

const world = openStoreWorld('invites-service');
const { stores } = world;
// Redis forgets tokens by its own clock.
const now = () => new Date();
const service = createCirclesService({ ...stores, forgetFootprints: async () => undefined, now });
const invites = createInvitesService({ ...stores, service, now });
afterAll(world.close);

let circle: string;
let keeper: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
});
const refusal = (code: string) => expect.objectContaining({ code });
async function somebody(): Promise<Person> {
  const id = uuidv7();
  const person = { id, nickname: 'Hana', avatar: { emoji: '🐶', colour: 'red' }, locale: 'ja', country: 'JP' } as const;
  await stores.people.create(person, `CODE-${id}`, now());
  return { ...person, footprints: true };
}
const create = (fields = {}) => invites.create(keeper.id, circle, fields, 'http://x');

describe('check', () => {
  it('throws what accepting would throw, and takes no use', async () => {
    const { token, id } = await create({ maxUses: 1 });
    await invites.check(token);
    await invites.check(token);
    await invites.accept(await somebody(), token);
    await expect(invites.check(token)).rejects.toEqual(refusal('invite-used-up'));
    await invites.revoke(keeper.id, circle, id);
    await expect(invites.check(token)).rejects.toEqual(refusal('invite-expired'));
    await expect(invites.check('x'.repeat(43))).rejects.toEqual(refusal('not-found'));
  });
});

describe('preview', () => {
  it('shows an invite that is used up to whoever has joined by it, but none that was revoked', async () => {
    const { token, id } = await create({ maxUses: 1 });
    const open = await invites.preview(token);
    await invites.accept(await somebody(), token);
    await expect(invites.preview(token)).rejects.toEqual(refusal('invite-used-up'));
    expect(await invites.preview(token, true)).toEqual({ ...open, circle: { ...open.circle, memberCount: 2 } });
    await invites.revoke(keeper.id, circle, id);
    await expect(invites.preview(token, true)).rejects.toEqual(refusal('invite-expired'));
  });
});

describe('create', () => {
  it('is refused where a circle has as many open invites as it may', async () => {
    for (let index = 0; index < INVITES_PER_CIRCLE_MAX; index++) await create();
    await expect(create()).rejects.toEqual(refusal('too-many-invites'));
  });
});

describe('revoke', () => {
  it("knows only the circle's own invites", async () => {
    const other = await world.makeCircle();
    const { id, token } = await create();
    await expect(invites.revoke(other.keeper.id, other.id, id)).rejects.toEqual(refusal('not-found'));
    await invites.check(token);
  });
});

describe('revokeAll', () => {
  it('ends every open invite of one circle, by who may invite there', async () => {
    const other = await world.makeCircle();
    const [first, second] = [await create(), await create()];
    const elsewhere = await invites.create(other.keeper.id, other.id, {}, 'http://x');
    await expect(invites.revokeAll(other.keeper.id, circle)).rejects.toEqual(refusal('not-found'));
    await invites.check(first.token);
    await invites.revokeAll(keeper.id, circle);
    for (const { token } of [first, second]) await expect(invites.check(token)).rejects.toEqual(refusal('invite-expired'));
    expect(await invites.list(keeper.id, circle)).toEqual([]);
    await invites.check(elsewhere.token);
  });
});

describe('accept', () => {
  it('is refused where the circle is full, and the person is as before', async () => {
    const crowd = Object.fromEntries(Array.from({ length: 1_499 }, (_, index) => [`p${index}`, JSON.stringify(makeMember())]));
    await world.redis.hset(world.keys.circle.members(circle), crowd);
    const { token } = await create();
    const person = await somebody();
    await expect(invites.accept(person, token)).rejects.toEqual(refusal('circle-full'));
    expect(await stores.circles.listIds(person.id)).toEqual([]);
    const official = await world.makeCircle('official', keeper);
    await world.redis.hset(world.keys.circle.members(official.id), crowd);
    const open = await invites.create(keeper.id, official.id, {}, 'http://x');
    expect(await invites.accept(person, open.token)).toMatchObject({ memberCount: 1_501, kind: 'official' });
  });

  it('is refused to who is in as many circles as they may be, and takes no use', async () => {
    const person = await somebody();
    for (let index = 0; index < 30; index++) await service.create(person, { name: 'x', kind: 'family' });
    const { token } = await create({ maxUses: 1 });
    await expect(invites.accept(person, token)).rejects.toEqual(refusal('too-many-circles'));
    await invites.check(token);
  });

  it('tells whom a keeper removed that the invite has ended, and lets them in again by one that is made afterwards', async () => {
    const person = await somebody();
    const { token } = await create();
    await invites.accept(person, token);
    await service.removeMember(keeper.id, circle, person.id);
    await expect(invites.accept(person, token)).rejects.toEqual(refusal('invite-expired'));
    expect(await stores.circles.listIds(person.id)).toEqual([]);
    await invites.accept(person, (await create()).token);
    await service.removeMember(person.id, circle, person.id);
    expect(await invites.accept(person, token)).toMatchObject({ id: circle });
  });

  it.each([
    ['marked as erased', (id: string) => stores.people.markErased(id, now())],
    ['erased', stores.people.remove],
  ])('leaves no member of somebody who was %s while they joined', async (_, erase) => {
    const person = await somebody();
    const { token } = await create();
    await erase(person.id);
    await expect(invites.accept(person, token)).rejects.toEqual(refusal('not-signed-in'));
    expect(await stores.members.read(circle, person.id)).toBeNull();
    expect(await stores.circles.listIds(person.id)).toEqual([]);
    expect(JSON.stringify(await world.readFrames(circle))).not.toContain(person.nickname);
  });

  it('lists the circle with its kind, which decides who may post', async () => {
    const official = await world.makeCircle('official', keeper);
    const { token } = await invites.create(keeper.id, official.id, {}, 'http://x');
    const person = await somebody();
    await invites.accept(person, token);
    expect((await stores.circles.listOf(person.id)).map(({ circle: { id, role } }) => ({ id, role }))).toEqual([
      { id: official.id, role: 'member' },
    ]);
  });
});
