import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SEEN_BY_MAX } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { fromNow, makeMember, makeRecord, NOW, openStoreWorld, STATUS_TTL_SECONDS } from '../testing/store-world.ts';
import type { Membership } from './members.ts';
import { createRecoveryCode } from './people.ts';
import type { StatusRecord } from './statuses.ts';

const world = openStoreWorld('footprints');
const { redis, keys, stores } = world;
const { footprints, members, publishing } = stores;
afterAll(world.close);

let circle: string;
let mum: Member;
let ken: Member;
beforeEach(async () => {
  ({ id: circle, keeper: mum } = await world.makeCircle());
  ken = await world.letIn(circle, mum);
});

async function post(author = mum, fields: Partial<StatusRecord> = {}): Promise<StatusRecord> {
  const acceptedAt = fromNow(1_000).toISOString();
  const record = makeRecord(author.id, [circle], { acceptedAt, writtenAt: acceptedAt, ...fields });
  await redis.zadd(keys.person.statuses(author.id), Date.parse(acceptedAt), record.id);
  for (const id of record.circles) await publishing.publish(id, [record], NOW);
  return record;
}
const see = async (person: Member, ...records: StatusRecord[]) =>
  (await footprints.record(circle, person.id, records, fromNow(2_000)))?.map(({ id }) => id) ?? null;
/** Counting and naming must never differ. */
async function seenBy({ id, author }: StatusRecord, of = circle): Promise<Member[]> {
  const [seen, count] = await Promise.all([footprints.readSeenBy(of, author, [id]), footprints.count([of], author, id)]);
  expect(count).toBe(seen.get(id)?.length ?? 0);
  return seen.get(id) ?? [];
}
const createPerson = ({ id, nickname, avatar }: Member) =>
  stores.people.create({ id, nickname, avatar, locale: 'en', country: 'JP' }, createRecoveryCode(), NOW);
const choose = (person: Member, choice: Partial<Membership>) =>
  members.change(circle, person.id, ({ member, membership }) => ({ member, membership: { ...membership, ...choice } }));

describe('record', () => {
  it('keeps one footprint of each member, also at the same moment, and says which are new', async () => {
    const [first, second] = [await post(), await post()];
    const answers = await Promise.all([see(ken, first, second), see(ken, first, second), see(ken, second)]);
    expect(answers.flat().sort()).toEqual([first.id, second.id].sort());
    expect(await see(ken, first)).toEqual([]);
    expect(await seenBy(first)).toEqual([ken]);
    expect(await seenBy(second)).toEqual([ken]);
  });

  it('lives as long as the status, and holds no more than so many', async () => {
    const status = await post();
    const crowd: Member[] = [];
    for (let count = 0; count < SEEN_BY_MAX + 2; count++) {
      const member = await world.letIn(circle, mum);
      await see(member, status);
      crowd.push(member);
    }
    const key = keys.circle.seen(circle, status.id);
    expect(await redis.zcard(key)).toBe(SEEN_BY_MAX);
    expect(await seenBy(status)).toEqual(crowd.slice(0, SEEN_BY_MAX));
    const ttl = await redis.ttl(key);
    expect(ttl).toBeGreaterThan(STATUS_TTL_SECONDS - 60);
    expect(ttl).toBeLessThanOrEqual(STATUS_TTL_SECONDS);
  });

  it('is refused to whoever is no member, and leaves nothing of them', async () => {
    const status = await post();
    expect(await see(makeMember(), status)).toBeNull();
    await members.remove(circle, ken.id, 'leave');
    expect(await see(ken, status)).toBeNull();
    expect(await footprints.record(uuidv7(), ken.id, [status], NOW)).toBeNull();
    expect(await redis.exists(keys.circle.seen(circle, status.id))).toBe(0);
  });

  it('passes over what the circle was not shown, no longer, or before the member joined', async () => {
    const unpublished = makeRecord(mum.id, [circle]);
    const retracted = await post();
    await see(ken, retracted);
    await publishing.retract(circle, retracted, async () => null, fromNow(3_000));
    expect(await redis.exists(keys.circle.seen(circle, retracted.id))).toBe(0);
    const early = await post(mum, { acceptedAt: fromNow(-1).toISOString() });
    expect(await see(ken, unpublished, retracted, early)).toEqual([]);
    for (const { id } of [unpublished, retracted, early]) expect(await redis.exists(keys.circle.seen(circle, id))).toBe(0);
  });

  it.each(['work', 'neighbours', 'official'] as const)('is off in %s circles until a member chooses it', async (kind) => {
    ({ id: circle, keeper: mum } = await world.makeCircle(kind));
    ken = await world.letIn(circle, mum);
    const status = await post();
    expect(await see(ken, status)).toEqual([]);
    await choose(ken, { footprints: true });
    expect(await see(ken, status)).toEqual([status.id]);
    expect(await seenBy(status)).toEqual([]);
    await choose(mum, { footprints: true });
    expect(await seenBy(status)).toEqual([ken]);
  });
});

describe('turned off', () => {
  it('by a member in one circle hides what they have seen there, and what others have', async () => {
    const [hers, his] = [await post(), await post(ken)];
    await Promise.all([see(ken, hers), see(mum, his)]);
    await choose(ken, { footprints: false });
    expect(await seenBy(hers)).toEqual([]);
    expect(await seenBy(his)).toEqual([]);
    const later = await post();
    expect(await see(ken, later)).toEqual([]);
    await choose(ken, { footprints: true });
    expect(await seenBy(hers)).toEqual([ken]);
    expect(await seenBy(his)).toEqual([mum]);
  });

  it('by a person hides it in every circle', async () => {
    const [hers, his] = [await post(), await post(ken)];
    await Promise.all([see(ken, hers), see(mum, his)]);
    await createPerson(ken);
    await stores.people.change(ken.id, { footprints: false });
    expect(await seenBy(hers)).toEqual([]);
    expect(await seenBy(his)).toEqual([]);
    expect(await see(ken, await post())).toEqual([]);
    await stores.people.change(ken.id, { footprints: true });
    expect(await seenBy(hers)).toEqual([ken]);
  });

  it('by a person stays off, by name and in figures, whatever else they change at the same moment', async () => {
    const [hers, his] = [await post(), await post(ken)];
    await Promise.all([see(ken, hers), see(mum, his)]);
    await createPerson(ken);
    const others = Array.from({ length: 20 }, (_, turn) => () => stores.people.change(ken.id, { nickname: `Ken ${turn}` }));
    const isOff = stores.people.change(ken.id, { footprints: false });
    const changes = others.map((change) => change());
    await isOff;
    expect([await seenBy(hers), await seenBy(his)]).toEqual([[], []]);
    await Promise.all(changes);
    expect([await seenBy(hers), await seenBy(his)]).toEqual([[], []]);
    expect(await stores.people.read(ken.id)).toMatchObject({ footprints: false });
  });

  it('by a person holds although the rest of that change was never written', async () => {
    const hers = await post();
    await see(ken, hers);
    await createPerson(ken);
    const died = vi.spyOn(redis, 'evalsha').mockRejectedValueOnce(new Error('Connection is closed.'));
    await expect(stores.people.change(ken.id, { footprints: false, nickname: 'Kenta' })).rejects.toThrow('Connection is closed.');
    died.mockRestore();
    expect(await seenBy(hers)).toEqual([]);
    expect(await stores.people.read(ken.id)).toMatchObject({ footprints: false, nickname: ken.nickname });
  });
});

describe('somebody who goes', () => {
  it('takes along what they have seen and who has seen them, and gets nothing back with a new invite', async () => {
    const [hers, his] = [await post(), await post(ken)];
    await Promise.all([see(ken, hers), see(mum, his)]);
    const walked = vi.spyOn(redis, 'hkeys');
    await members.remove(circle, ken.id, 'leave');
    // Nobody else's statuses are looked at while they wait.
    expect(walked).not.toHaveBeenCalled();
    walked.mockRestore();
    expect(await redis.exists(keys.circle.seen(circle, his.id))).toBe(0);
    expect(await seenBy(hers)).toEqual([]);
    expect(await seenBy(his)).toEqual([]);
  });

  it('is not shown by what a crash has left of them, nor after coming back', async () => {
    const status = await post();
    const key = keys.circle.seen(circle, status.id);
    await redis.zadd(key, fromNow(2_000).getTime(), ken.id);
    expect(await seenBy(status)).toEqual([ken]);
    await choose(ken, { joinedAt: fromNow(5_000).toISOString() });
    expect(await seenBy(status)).toEqual([]);
    await members.remove(circle, ken.id, 'leave');
    await redis.zadd(key, fromNow(9_000).getTime(), ken.id);
    expect(await seenBy(status)).toEqual([]);
  });

  it('and an erased person, and a deleted circle, leave nothing, also twice', async () => {
    const [hers, his] = [await post(), await post(ken)];
    await Promise.all([see(ken, hers), see(mum, his)]);
    for (let turn = 0; turn < 2; turn++) await members.remove(circle, ken.id, 'erase');
    expect(await redis.exists(keys.circle.seen(circle, his.id), keys.circle.seen(circle, hers.id))).toBe(0);
    ken = await world.letIn(circle, mum);
    await see(ken, hers);
    await stores.footprintTraces.removeAll(circle, await stores.circles.remove(circle));
    expect(await redis.keys(`${world.prefix}circle:{${circle}}:*`)).toEqual([]);
    expect(await seenBy(hers)).toEqual([]);
  });
});
