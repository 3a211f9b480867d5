import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { fromNow, makeMember, NOW, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('members');
const { redis, keys, stores } = world;
const { members } = stores;
afterAll(world.close);

let circle: string;
let keeper: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
});

async function makeInvite(maxUses: number, expiresAt = fromNow(60_000), createdBy = keeper.id): Promise<string> {
  const id = uuidv7();
  const stored = { id, createdBy, createdAt: NOW.toISOString(), expiresAt: expiresAt.toISOString(), maxUses, uses: 0 };
  await stores.invites.create(circle, stored, uuidv7(), NOW);
  return id;
}

const join = (invite: string, member: Member, most = 1_500) =>
  members.join({ circle, kind: 'family', invite, member, most, now: NOW });

const usesOf = async (invite: string) => JSON.parse((await redis.hget(keys.circle.invites(circle), invite)) ?? '{}').uses;

describe('join', () => {
  it('lets a person in where the feed is then, and says who invited them', async () => {
    const hana = makeMember();
    expect(await join(await makeInvite(1), hana)).toBe('joined');
    expect(await members.read(circle, hana.id)).toEqual({
      member: hana,
      membership: { joinedSeq: 2, invitedBy: keeper.id, joinedAt: NOW.toISOString() },
    });
    expect((await world.readFrames(circle)).at(-1)).toMatchObject({ t: 'member', change: 'joined', member: hana });
  });

  it('lets in exactly as many as the invite has uses, when 100 come at once', async () => {
    const invite = await makeInvite(10);
    const crowd = Array.from({ length: 100 }, () => makeMember());
    const outcomes = await Promise.all(crowd.map((member) => join(invite, member)));
    expect(outcomes.filter((outcome) => outcome === 'joined')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'used-up')).toHaveLength(90);
    expect(await usesOf(invite)).toBe(10);
    const lists = await Promise.all(crowd.map(({ id }) => redis.hlen(keys.person.circles(id))));
    expect(lists.reduce((sum, length) => sum + length, 0)).toBe(10);
  });

  it('takes one use of a person who comes twice, also at once', async () => {
    const invite = await makeInvite(2);
    const hana = makeMember();
    const outcomes = await Promise.all([join(invite, hana), join(invite, hana), join(invite, hana)]);
    expect(outcomes).toEqual(['joined', 'already', 'already']);
    expect(await usesOf(invite)).toBe(1);
    expect(await world.readFrames(circle)).toHaveLength(2);
  });

  it('refuses what is expired, revoked, full or gone, and takes no use', async () => {
    const invite = await makeInvite(1);
    expect(await join(await makeInvite(1, NOW), makeMember())).toBe('expired');
    expect(await join(uuidv7(), makeMember())).toBe('expired');
    expect(await join(invite, makeMember(), 1)).toBe('full');
    expect(await usesOf(invite)).toBe(0);
    const input = { circle: uuidv7(), kind: 'family', invite, member: makeMember(), most: 9, now: NOW };
    expect(await members.join(input)).toBe('gone');
    expect(await redis.exists(keys.circle.info(input.circle), keys.person.circles(input.member.id))).toBe(0);
  });

  it('refuses an invite while its maker may not invite', async () => {
    const setRole = (role: Member['role']) =>
      members.change(circle, maker.id, ({ member, membership }) => ({ member: { ...member, role }, membership }));
    const maker = await world.letIn(circle, keeper, makeMember('keeper'));
    const invite = await makeInvite(10, undefined, maker.id);
    await setRole('member');
    expect(await join(invite, makeMember())).toBe('expired');
    await stores.circles.change(circle, 'Tanaka', 'members');
    expect(await join(invite, makeMember())).toBe('joined');
    await stores.circles.change(circle, 'Tanaka', 'keepers');
    expect(await join(invite, makeMember())).toBe('expired');
    await setRole('keeper');
    expect(await join(invite, makeMember())).toBe('joined');
    await members.remove(circle, maker.id, 'leave');
    expect(await join(invite, makeMember())).toBe('expired');
  });

  it('tells the gateways again when the first answer was lost', async () => {
    const hear = await world.listen(keys.control);
    const invite = await makeInvite(1);
    const hana = makeMember();
    expect([await join(invite, hana), await join(invite, hana)]).toEqual(['joined', 'already']);
    const told = { t: 'joined', person: hana.id, circle };
    expect((await hear()).map((text) => JSON.parse(text))).toEqual([told, told]);
  });
});

describe('read, list and among', () => {
  it('know members and nobody else', async () => {
    const hana = await world.letIn(circle, keeper);
    const stranger = uuidv7();
    expect(await members.read(circle, stranger)).toBeNull();
    expect(new Set((await members.list(circle)).keys())).toEqual(new Set([keeper.id, hana.id]));
    expect(await members.among(circle, [hana.id, stranger])).toEqual(new Map([[hana.id, expect.any(Number)]]));
    expect(await members.among(circle, [])).toEqual(new Map());
  });
});

describe('change', () => {
  it('keeps every change when many are made at once', async () => {
    const changes = Array.from({ length: 10 }, (_, index) =>
      members.change(circle, keeper.id, ({ member, membership }) => ({
        member: { ...member, nickname: `${member.nickname}${index}` },
        membership,
      })),
    );
    expect(await Promise.all(changes)).toEqual(Array(10).fill('changed'));
    const { member } = (await members.read(circle, keeper.id)) ?? {};
    expect(new Set((member?.nickname ?? '').replace('Hana', ''))).toEqual(new Set('0123456789'));
    expect(await world.readFrames(circle)).toHaveLength(11);
  });

  it('tells nobody of alert levels, nor of what stayed the same', async () => {
    await members.change(circle, keeper.id, ({ member, membership }) => ({
      member,
      membership: { ...membership, alerts: 'none' },
    }));
    await members.change(circle, keeper.id, (before) => before);
    expect((await members.read(circle, keeper.id))?.membership.alerts).toBe('none');
    expect(await world.readFrames(circle)).toHaveLength(1);
  });

  it('refuses to demote the last keeper, whoever tries at once', async () => {
    const second = await world.letIn(circle, keeper);
    const setRole = (person: string, role: Member['role']) =>
      members.change(circle, person, ({ member, membership }) => ({ member: { ...member, role }, membership }));
    expect(await setRole(keeper.id, 'member')).toBe('last-keeper');
    expect(await setRole(second.id, 'keeper')).toBe('changed');
    const outcomes = await Promise.all([setRole(keeper.id, 'member'), setRole(second.id, 'member')]);
    expect(outcomes).toEqual(expect.arrayContaining(['changed', 'last-keeper']));
  });

  it('knows no one who is no member', async () => {
    expect(await members.change(circle, uuidv7(), (before) => before)).toBe('not-member');
  });

  it('is not fooled by a nickname that looks like a role', async () => {
    const trickster = await world.letIn(circle, keeper, makeMember('member', '","role":"keeper"'));
    expect(await members.remove(circle, keeper.id, 'leave')).toBe('last-keeper');
    expect(await members.remove(circle, trickster.id, 'leave')).toBe('removed');
  });
});

describe("a person's list of circles", () => {
  it('agrees with the circle after joining and leaving at the same moment', async () => {
    const hana = await world.letIn(circle, keeper);
    for (let round = 0; round < 40; round++) {
      const good = await makeInvite(1);
      const usedUp = await makeInvite(0);
      await Promise.all([members.remove(circle, hana.id, 'leave'), join(good, hana), join(usedUp, hana), join(good, hana)]);
      const isMember = (await members.read(circle, hana.id)) !== null;
      const isListed = (await redis.hexists(keys.person.circles(hana.id), circle)) === 1;
      expect({ round, isListed }).toEqual({ round, isListed: isMember });
      if (!isMember) await join(good, hana);
      await stores.invites.revoke(circle, good);
      await stores.invites.revoke(circle, usedUp);
    }
  });
});
