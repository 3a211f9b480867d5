import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { erasePerson } from './erase.ts';

const world = openStoreWorld('erase');
const { redis, keys, stores } = world;
const options = { ...stores, now: () => NOW };
afterAll(world.close);

/** A person with an account, a session, and a status in a circle of somebody else and in one of their own. */
async function makePerson() {
  const shared = await world.makeCircle();
  const member = await world.letIn(shared.id, shared.keeper);
  const own = await world.makeCircle('friends', { ...member, role: 'keeper' });
  const { id, nickname, avatar } = member;
  await stores.people.create({ id, nickname, avatar, locale: 'ja', country: 'JP' }, 'CODE-OF-'.repeat(4) + id, NOW);
  const { token } = await stores.sessions.create(id, 'Firefox', NOW);
  const status = makeRecord(id, [shared.id, own.id], { note: 'my words' });
  await post(status.circles, status);
  return { member, shared, own, token, status };
}

const RATE = { points: 100, seconds: 60 };

async function post(circles: string[], status: ReturnType<typeof makeRecord>): Promise<void> {
  await stores.posting.begin(status.author, status.id, undefined, NOW, RATE);
  await stores.statuses.commit(0, 'fanout', [status], uuidv7());
  for (const circle of circles) await stores.publishing.publish(circle, [status], NOW);
}

/** Everything that Redis holds under the test's prefix, as text by key. */
async function readAll(): Promise<[key: string, text: string][]> {
  const found = (await redis.keys(`${world.prefix}*`)).map(async (key): Promise<[string, string]> => {
    const type = await redis.type(key);
    const value = await (type === 'hash'
      ? redis.hgetall(key)
      : type === 'stream'
        ? redis.xrange(key, '-', '+')
        : type === 'zset'
          ? redis.zrange(key, '0', '-1')
          : redis.get(key));
    return [key.slice(world.prefix.length), JSON.stringify(value)];
  });
  return Promise.all(found);
}

async function keysNaming(words: string): Promise<string[]> {
  return (await readAll()).filter(([key, text]) => `${key} ${text}`.includes(words)).map(([key]) => key);
}

describe('erasePerson', () => {
  it('leaves the others the digest that a crash left unscheduled', async () => {
    const { member, shared } = await makePerson();
    const alert = { kind: 'digest', circle: shared.id, window: 1 } as const;
    expect(await stores.dueAlerts.find(alert)).toBeNull();
    await erasePerson(member.id, options);
    expect(await stores.dueAlerts.find(alert)).toBe('scheduled');
  });

  it('leaves nothing of the person, also done twice and at once', async () => {
    const { member, shared, own, token, status } = await makePerson();
    expect(await keysNaming('my words')).toHaveLength(5);
    await Promise.all([erasePerson(member.id, options), erasePerson(member.id, options)]);
    await erasePerson(member.id, options, true);
    expect(await stores.people.read(member.id)).toBeNull();
    expect(await stores.sessions.find(token, NOW)).toBeNull();
    expect(await stores.statuses.read(status.id)).toBeNull();
    expect(await stores.circles.view(shared.keeper.id, own.id)).toBeNull();
    const board = await stores.boards.read(shared.id, shared.keeper.id, NOW);
    expect(board?.members.map(({ member: { id } }) => id)).toEqual([shared.keeper.id]);
    expect(await keysNaming('my words')).toEqual([]);
    const left = await keysNaming(member.id);
    // The feed says who left, the news names whom the digest must look for; neither holds a word of theirs.
    expect(left.filter((key) => !/:(feed|news|invites)$/.test(key))).toEqual([]);
  });

  it('deletes a circle of which only the list tells, because the first try stopped halfway', async () => {
    const { member, own } = await makePerson();
    expect(await stores.members.remove(own.id, member.id, 'erase')).toBe('empty');
    await erasePerson(member.id, options);
    expect(await redis.keys(`${world.prefix}circle:{${own.id}}*`)).toEqual([]);
  });

  it('leaves the statuses of others alone, whatever ids stand on the own list', async () => {
    const { member } = await makePerson();
    const other = await world.makeCircle();
    const theirs = makeRecord(other.keeper.id, [other.id]);
    await post([other.id], theirs);
    await stores.posting.begin(member.id, theirs.id, undefined, fromNow(1), RATE);
    await erasePerson(member.id, options);
    expect(await stores.statuses.read(theirs.id)).toEqual(theirs);
  });

  it('is forgotten by circles that had removed them', async () => {
    const { member, shared } = await makePerson();
    await stores.members.remove(shared.id, member.id, 'remove');
    expect(await redis.hkeys(keys.circle.removed(shared.id))).toEqual([member.id]);
    await erasePerson(member.id, options, true);
    const left = await keysNaming(member.id);
    expect(left.filter((key) => !/:(feed|news|invites)$/.test(key))).toEqual([]);
  });

  it('takes away, the last time, what calls that were under way left behind', async () => {
    const { member, shared } = await makePerson();
    const invite = { id: uuidv7(), createdBy: shared.keeper.id, createdAt: NOW.toISOString(), maxUses: 1, uses: 0 };
    await stores.invites.create(shared.id, { ...invite, expiresAt: fromNow(60_000).toISOString() }, uuidv7(), NOW);
    const begun = makeRecord(member.id, [shared.id]);
    await stores.posting.begin(member.id, begun.id, undefined, NOW, RATE);
    await erasePerson(member.id, options);
    await stores.statuses.commit(0, 'fanout', [begun], uuidv7());
    const joining = { circle: shared.id, kind: 'family', invite: invite.id, member, most: 9, now: NOW };
    expect(await stores.members.join(joining)).toBe('joined');
    const made = await world.makeCircle('friends', member);
    await erasePerson(member.id, options, true);
    expect(await stores.statuses.read(begun.id)).toBeNull();
    expect(await stores.members.read(shared.id, member.id)).toBeNull();
    expect(await redis.keys(`${world.prefix}circle:{${made.id}}*`)).toEqual([]);
    expect(await redis.keys(`${world.prefix}person:{${member.id}}*`)).toEqual([]);
  });

  it('hands the circle of a last keeper on', async () => {
    const { id, keeper } = await world.makeCircle();
    const heir: Member = await world.letIn(id, keeper);
    await erasePerson(keeper.id, options);
    expect((await stores.circles.view(heir.id, id))?.circle).toMatchObject({ role: 'keeper', memberCount: 1 });
    expect(await redis.exists(keys.person.circles(keeper.id))).toBe(0);
  });
});
