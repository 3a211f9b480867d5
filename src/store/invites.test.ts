import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Invite } from '../contract/circles.ts';
import { INVITES_PER_CIRCLE_MAX } from '../contract/limits.ts';
import { createSecret, hashSecret } from '../platform/secret.ts';
import { DAY_MS, openStoreWorld } from '../testing/store-world.ts';

// Redis forgets a token by its own clock, so this test plays now.
const NOW = new Date();
const fromNow = (ms: number) => new Date(NOW.getTime() + ms);

const world = openStoreWorld('invites');
const { redis, keys, stores } = world;
const { invites } = stores;
afterAll(world.close);

let circle: string;
beforeEach(() => {
  circle = uuidv7();
});

const make = (fields: Partial<Invite> = {}): Invite => ({
  id: uuidv7(),
  createdBy: uuidv7(),
  createdAt: NOW.toISOString(),
  expiresAt: fromNow(DAY_MS).toISOString(),
  maxUses: 10,
  uses: 0,
  ...fields,
});

async function create(fields: Partial<Invite> = {}, now = NOW) {
  const token = createSecret();
  const invite = make(fields);
  return { token, invite, created: await invites.create(circle, invite, token, now) };
}

describe('an invite', () => {
  it('is found by its token, which is stored as a hash, and is forgotten a week after its end', async () => {
    const { token, invite } = await create();
    expect(await invites.find(token)).toEqual({ circle, inviteId: invite.id, invite });
    expect(await invites.find(createSecret())).toBeNull();
    expect((await redis.keys(`${world.prefix}*`)).some((key) => key.includes(token))).toBe(false);
    expect(await redis.pexpiretime(keys.invite(hashSecret(token)))).toBe(Date.parse(invite.expiresAt) + 7 * DAY_MS);
  });

  it('leads nowhere once revoked, which is done once', async () => {
    const { token, invite } = await create();
    expect(await Promise.all([invites.revoke(circle, invite.id), invites.revoke(circle, invite.id)])).toEqual([true, false]);
    expect(await invites.find(token)).toEqual({ circle, inviteId: invite.id, invite: null });
    expect(await invites.revoke(uuidv7(), invite.id)).toBe(false);
  });
});

describe('the open invites of a circle', () => {
  it('are those that still let somebody in, newest first', async () => {
    const first = await create();
    await create({ expiresAt: fromNow(1).toISOString() });
    await create({ maxUses: 2, uses: 2 });
    const last = await create();
    expect(await invites.listOpen(circle, fromNow(1))).toEqual([last.invite, first.invite]);
  });

  it('are revoked together, also by two at once, and the ended stay remembered', async () => {
    const all = [await create(), await create()];
    const ended = await create({ expiresAt: fromNow(1).toISOString() });
    await Promise.all([invites.revokeOpen(circle, fromNow(1)), invites.revokeOpen(circle, fromNow(1))]);
    for (const { token } of all) expect(await invites.find(token)).toMatchObject({ invite: null });
    expect(await invites.find(ended.token)).toMatchObject({ invite: ended.invite });
    await invites.revokeOpen(circle, fromNow(1));
  });

  it('are bounded, also when many are made at once', async () => {
    const all = await Promise.all(Array.from({ length: INVITES_PER_CIRCLE_MAX + 20 }, () => create()));
    expect(all.filter(({ created }) => created)).toHaveLength(INVITES_PER_CIRCLE_MAX);
    expect(await invites.listOpen(circle, NOW)).toHaveLength(INVITES_PER_CIRCLE_MAX);
    const [first] = all;
    await invites.revoke(circle, first?.invite.id ?? '');
    expect((await create()).created).toBe(true);
  });

  it('are one for one, when the same is sent twice', async () => {
    const invite = make();
    const token = createSecret();
    for (const _ of [1, 2]) expect(await invites.create(circle, invite, token, NOW)).toBe(true);
    expect(await invites.listOpen(circle, NOW)).toEqual([invite]);
  });

  it('stand beside those that ended, which are remembered for a week', async () => {
    for (let index = 0; index < 3; index++) await create({ expiresAt: NOW.toISOString() });
    await create({}, fromNow(6 * DAY_MS));
    expect(await redis.hlen(keys.circle.invites(circle))).toBe(4);
    await create({}, fromNow(9 * DAY_MS));
    expect(await redis.hlen(keys.circle.invites(circle))).toBe(1);
  });

  it('have room made by those that ended, when there are too many', async () => {
    for (let index = 0; index <= INVITES_PER_CIRCLE_MAX; index++) await create({ uses: 10 });
    expect((await create()).created).toBe(true);
    expect(await redis.hlen(keys.circle.invites(circle))).toBe(1);
  });
});
