import { afterAll, beforeEach, describe, expect, it } from 'vitest';
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
