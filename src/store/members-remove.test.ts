import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { INVITE_MAX_HOURS } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { fromNow, makeMember, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('members-remove');
const { redis, keys, stores } = world;
const { members, publishing } = stores;
afterAll(world.close);

let circle: string;
let keeper: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
});

const leave = (person: Member) => members.remove(circle, person.id, 'leave');
const erase = (person: Member) => members.remove(circle, person.id, 'erase');
const roleOf = async ({ id }: Member) => (await members.read(circle, id))?.member.role;

describe('leaving', () => {
  it('takes member, board row and history away, and is told once', async () => {
    const hana = await world.letIn(circle, keeper);
    await publishing.publish(circle, [makeRecord(hana.id, [circle])], NOW);
    const all = await Promise.all([leave(hana), leave(hana), leave(hana)]);
    expect(all).toEqual(['removed', 'not-member', 'not-member']);
    expect(await members.read(circle, hana.id)).toBeNull();
    expect(await redis.hexists(keys.circle.board(circle), hana.id)).toBe(0);
    expect(await redis.exists(keys.circle.history(circle, hana.id), keys.person.circles(hana.id))).toBe(0);
    const told = (await world.readFrames(circle)).filter(({ change }) => change === 'left');
    expect(told).toMatchObject([{ t: 'member', circle, member: { id: hana.id } }]);
  });

  it('is refused to the last keeper, also when two leave at once', async () => {
    expect(await leave(keeper)).toBe('last-keeper');
    const second = await world.letIn(circle, keeper, makeMember('keeper'));
    expect(await Promise.all([leave(keeper), leave(second)])).toEqual(['removed', 'last-keeper']);
    expect(await redis.hkeys(keys.person.circles(second.id))).toEqual([circle]);
  });

  it('keeps the positions of those who stay', async () => {
    const before = (await stores.circles.view(keeper.id, circle))?.circle.position ?? null;
    const hana = await world.letIn(circle, keeper);
    await leave(hana);
    expect(await stores.feeds.read(circle, keeper.id, before, 10)).toMatchObject({ events: [{}, {}] });
  });
});

describe('being removed by a keeper', () => {
  const remove = (person: Member) => members.remove(circle, person.id, 'remove');
  const makeInvite = async () => {
    const id = uuidv7();
    const times = { createdAt: NOW.toISOString(), expiresAt: fromNow(60_000).toISOString() };
    await stores.invites.create(circle, { id, createdBy: keeper.id, ...times, maxUses: 10, uses: 0 }, uuidv7(), NOW);
    return id;
  };
  const join = (invite: string, member: Member) =>
    members.join({ circle, kind: 'family', invite, member, most: 1_500, now: NOW });

  it('ends every invite from before for that person alone, and none that is made afterwards', async () => {
    const [older, other] = [await makeInvite(), await makeInvite()];
    const ex = makeMember();
    expect(await join(older, ex)).toBe('joined');
    expect(await remove(ex)).toBe('removed');
    expect(await Promise.all([join(older, ex), join(other, ex), join(older, makeMember())])).toEqual([
      'expired',
      'expired',
      'joined',
    ]);
    const newer = await makeInvite();
    expect(await join(newer, ex)).toBe('joined');
    await remove(ex);
    expect(await join(newer, ex)).toBe('expired');
  });

  it('holds against an invite that nobody stored the place of, as the release before made them', async () => {
    const ex = await world.letIn(circle, keeper);
    await remove(ex);
    const invite = await makeInvite();
    const { seq, ...stored } = JSON.parse((await redis.hget(keys.circle.invites(circle), invite)) ?? '');
    expect(seq).toBeGreaterThan(0);
    await redis.hset(keys.circle.invites(circle), invite, JSON.stringify(stored));
    expect(await join(invite, ex)).toBe('expired');
    expect(await join(invite, makeMember())).toBe('joined');
  });

  it('is remembered as long as an invite may live', async () => {
    const [first, second] = [await world.letIn(circle, keeper), await world.letIn(circle, keeper)];
    const removed = keys.circle.removed(circle);
    await remove(first);
    expect(await redis.ttl(removed)).toBe(INVITE_MAX_HOURS * 3_600);
    const [seq, at] = ((await redis.hget(removed, first.id)) ?? '').split(' ');
    await redis.hset(removed, first.id, `${seq} ${Number(at) - INVITE_MAX_HOURS * 3_600 - 60}`);
    await remove(second);
    expect(await redis.hkeys(removed)).toEqual([second.id]);
  });

  it('is another thing than leaving', async () => {
    const invite = await makeInvite();
    const hana = makeMember();
    await join(invite, hana);
    await leave(hana);
    expect(await join(invite, hana)).toBe('joined');
    expect(await remove(keeper)).toBe('last-keeper');
  });

  it('is forgotten with the circle', async () => {
    await remove(await world.letIn(circle, keeper));
    await stores.circles.remove(circle);
    expect(await redis.keys(`${world.prefix}circle:{${circle}}*`)).toEqual([]);
  });
});

describe('erasing', () => {
  it("leaves none of the person's words in the circle, and old positions are lost", async () => {
    const hana = await world.letIn(circle, keeper);
    await publishing.publish(circle, [makeRecord(hana.id, [circle], { note: 'my words' })], NOW);
    const before = (await stores.circles.view(keeper.id, circle))?.circle.position ?? null;
    expect(await erase(hana)).toBe('removed');
    expect(await erase(hana)).toBe('not-member');
    expect(JSON.stringify(await world.readFrames(circle))).not.toMatch(/my words|Hana/);
    expect(await stores.feeds.read(circle, keeper.id, before, 10)).toBe('position-lost');
    expect(await stores.feeds.read(circle, keeper.id, null, 10)).toMatchObject({ events: [{ header: `left ${hana.id}` }] });
  });

  it('hands the last keeper on to the longest-standing member, as they are called then', async () => {
    const first = await world.letIn(circle, keeper, makeMember('member', 'First'), fromNow(1));
    await world.letIn(circle, keeper, makeMember('member', 'Second'), fromNow(2));
    const [outcome] = await Promise.all([
      erase(keeper),
      members.change(circle, first.id, ({ member, membership }) => ({ member: { ...member, nickname: '改名' }, membership })),
    ]);
    expect(outcome).toBe('removed');
    expect((await members.read(circle, first.id))?.member).toEqual({ ...first, nickname: '改名', role: 'keeper' });
    const told = (await world.readFrames(circle)).filter(({ change }) => change === 'changed');
    expect(told.at(-1)).toMatchObject({ member: { id: first.id, role: 'keeper' } });
  });

  it('changes no role while another keeper is there', async () => {
    const second = await world.letIn(circle, keeper, makeMember('keeper'));
    const hana = await world.letIn(circle, keeper);
    await erase(keeper);
    expect([await roleOf(second), await roleOf(hana)]).toEqual(['keeper', 'member']);
  });

  it('never leaves a circle without a keeper, whoever else goes at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const made = await world.makeCircle();
      const [a, b, c] = [makeMember(), makeMember(), makeMember()];
      for (const member of [a, b, c]) await world.letIn(made.id, made.keeper, member);
      await Promise.all([
        members.remove(made.id, a.id, 'leave'),
        members.remove(made.id, made.keeper.id, 'erase'),
        members.remove(made.id, a.id, 'leave'),
        members.remove(made.id, b.id, 'erase'),
      ]);
      expect((await members.read(made.id, c.id))?.member.role).toBe('keeper');
    }
  });

  it('says when nobody is left, and again when that answer was lost', async () => {
    expect(await erase(keeper)).toBe('empty');
    expect(await erase(keeper)).toBe('empty');
    await stores.circles.remove(circle);
    expect(await erase(keeper)).toBe('not-member');
  });
});
