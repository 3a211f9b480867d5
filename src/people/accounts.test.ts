import { afterAll, describe, expect, it } from 'vitest';
import { openApiWorld } from '../testing/api-world.ts';
import { silent } from '../testing/store-world.ts';
import { createAccounts } from './accounts.ts';

const closed = await openApiWorld('accounts', { registration: 'invite' });
const open = await openApiWorld('accounts-open');
const tight = await openApiWorld('accounts-tight', { points: 2 });
afterAll(() => Promise.all([closed.close(), open.close(), tight.close()]));

/** Profiles: their keys end where the person's id does. */
const countPeople = async () => (await open.redis.keys(`${open.prefix}person:*}`)).length;

describe('register', () => {
  it('joins by the invite in the same step', async () => {
    const keeper = await open.register();
    const circle = (await keeper.call('POST', '/v1/circles', { name: 'x', kind: 'family' })).body;
    const invite = (await keeper.call('POST', `/v1/circles/${circle.id}/invites`, { maxUses: 1 })).body;
    const joined = await open.register({ nickname: '孫', invite: invite.token });
    expect(joined.joined.map(({ id }) => id)).toEqual([circle.id]);
    const { members } = (await joined.call('GET', `/v1/circles/${circle.id}/board`)).body;
    expect(members.map(({ member }: { member: { nickname: string } }) => member.nickname)).toContain('孫');

    const before = await countPeople();
    const late = await open.call('POST', '/v1/people', { nickname: 'late', invite: invite.token });
    expect([late.status, late.body.code]).toEqual([410, 'invite-used-up']);
    expect(late.headers['set-cookie']).toBeUndefined();
    expect(await countPeople()).toBe(before);
  });

  it('makes nobody when many use the last use of an invite at once', async () => {
    const keeper = await open.register();
    const circle = (await keeper.call('POST', '/v1/circles', { name: 'x', kind: 'family' })).body;
    const invite = (await keeper.call('POST', `/v1/circles/${circle.id}/invites`, { maxUses: 1 })).body;
    const before = await countPeople();
    const all = await Promise.all(
      Array.from({ length: 10 }, () => open.call('POST', '/v1/people', { nickname: 'x', invite: invite.token })),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter(({ body }) => body.code === 'invite-used-up')).toHaveLength(9);
    expect(await countPeople()).toBe(before + 1);
  });

  it('leaves no member whom nobody can sign in as, when it stays open whether the joining was stored', async () => {
    const made = await open.makeCircle();
    const accounts = createAccounts({
      ...open.stores,
      transferCodes: open.transferCodes,
      queues: open.queues,
      joinByInvite: async ({ id, nickname, avatar }) => {
        await open.letIn(made.id, made.keeper, { id, nickname, avatar, role: 'member' });
        throw new Error('Command timed out');
      },
      checkInvite: async () => undefined,
      devicesWithAlerts: async () => new Set(),
      announceDevice: async () => undefined,
      erasePerson: open.erase,
      registration: 'open',
      log: silent,
      now: () => new Date(),
    });
    await expect(accounts.register({ nickname: 'Ghost', invite: 'x'.repeat(43) }, '?')).rejects.toThrow('Command timed out');
    expect([...(await open.stores.members.list(made.id)).keys()]).toEqual([made.keeper.id]);
  });

  it('leaves them to the sweeper when even that fails', async () => {
    const accounts = createAccounts({
      ...open.stores,
      transferCodes: open.transferCodes,
      queues: open.queues,
      joinByInvite: () => Promise.reject(new Error('Command timed out')),
      checkInvite: async () => undefined,
      devicesWithAlerts: async () => new Set(),
      announceDevice: async () => undefined,
      erasePerson: () => Promise.reject(new Error('Command timed out')),
      registration: 'open',
      log: silent,
      now: () => new Date(),
    });
    await expect(accounts.register({ nickname: 'Ghost', invite: 'x'.repeat(43) }, '?')).rejects.toThrow('Command timed out');
    expect(await open.stores.people.listErasing(new Date(), 10)).toEqual([]);
    expect(await open.stores.people.listErasing(new Date(Date.now() + 61_000), 10)).toHaveLength(1);
  });

  it('needs an invite where registration is by invite', async () => {
    const refused = await closed.call('POST', '/v1/people', { nickname: 'x' });
    expect([refused.status, refused.body.code]).toEqual([403, 'registration-by-invite']);
    const unknown = await closed.call('POST', '/v1/people', { nickname: 'x', invite: 'x'.repeat(43) });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not-found']);
  });
});

describe('a rate that is used up', () => {
  it('is 429, and says when to come back', async () => {
    const make = () => tight.call('POST', '/v1/people', { nickname: 'x' });
    await make();
    await make();
    const { status, body, headers } = await make();
    expect([status, body.code]).toEqual([429, 'too-many-requests']);
    expect(headers['retry-after']).toBe(String(body.retryAfterSeconds));
    expect(body.retryAfterSeconds).toBeGreaterThan(0);
    expect(body.retryAfterSeconds).toBeLessThanOrEqual(60);
  });
});

describe('the log', () => {
  it('names people by id, and holds no code, token or nickname', async () => {
    const person = await open.register({ nickname: 'Secretive' });
    await open.call('POST', '/v1/sessions', { recoveryCode: person.recoveryCode });
    const text = open.lines.join('');
    expect(text).toContain('"route":"/v1/people"');
    for (const secret of [person.token, person.recoveryCode, 'Secretive']) expect(text).not.toContain(secret);
  });
});
