import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreatePerson } from '../contract/people.ts';
import { hashAttempt } from '../store/attempts.ts';
import { openApiWorld } from '../testing/api-world.ts';
import { silent } from '../testing/store-world.ts';
import { createRegister, type RegisterOptions } from './register.ts';

const closed = await openApiWorld('register', { registration: 'invite' });
const open = await openApiWorld('register-open');
afterAll(() => Promise.all([closed.close(), open.close()]));

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
    const register = createRegister({
      ...open.stores,
      joinByInvite: async ({ id, nickname, avatar }) => {
        await open.letIn(made.id, made.keeper, { id, nickname, avatar, role: 'member' });
        throw new Error('Command timed out');
      },
      checkInvite: async () => undefined,
      erasePerson: open.erase,
      registration: 'open',
      log: silent,
      now: () => new Date(),
    });
    await expect(register({ nickname: 'Ghost', invite: 'x'.repeat(43) }, '?')).rejects.toThrow('Command timed out');
    expect([...(await open.stores.members.list(made.id)).keys()]).toEqual([made.keeper.id]);
  });

  it('leaves them to the sweeper when even that fails', async () => {
    const register = createRegister({
      ...open.stores,
      joinByInvite: () => Promise.reject(new Error('Command timed out')),
      checkInvite: async () => undefined,
      erasePerson: () => Promise.reject(new Error('Command timed out')),
      registration: 'open',
      log: silent,
      now: () => new Date(),
    });
    await expect(register({ nickname: 'Ghost', invite: 'x'.repeat(43) }, '?')).rejects.toThrow('Command timed out');
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

describe('a repeat of an attempt', () => {
  let wish: CreatePerson;
  let invite: { token: string };
  let board: () => Promise<string[]>;
  /** Uses that are left of the invite, which had two. */
  let usesLeft: () => Promise<number>;
  beforeEach(async () => {
    const keeper = await open.register();
    const circle = (await keeper.call('POST', '/v1/circles', { name: 'x', kind: 'family' })).body;
    invite = (await keeper.call('POST', `/v1/circles/${circle.id}/invites`, { maxUses: 2 })).body;
    wish = { nickname: 'Granny', invite: invite.token, attempt: randomUUID() };
    board = async () => {
      const { members } = (await keeper.call('GET', `/v1/circles/${circle.id}/board`)).body;
      return members.map(({ member }: { member: { nickname: string } }) => member.nickname).sort();
    };
    usesLeft = async () => {
      const { invites } = (await keeper.call('GET', `/v1/circles/${circle.id}/invites`)).body;
      return 2 - (invites[0]?.uses ?? 2);
    };
  });
  const make = (body: CreatePerson = wish) => open.call('POST', '/v1/people', body);
  const me = (token: string) => open.call('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` });
  const recover = (recoveryCode: string) => open.call('POST', '/v1/sessions', { recoveryCode });
  /** Registers with something of its own. */
  const registerWith = (changes: Partial<RegisterOptions>) =>
    createRegister({
      ...open.stores,
      joinByInvite: (person, token) => open.joinByInvite(person, token),
      checkInvite: async () => undefined,
      erasePerson: open.erase,
      registration: 'open',
      log: silent,
      now: () => open.clock.now,
      ...changes,
    });

  it('is the same person, with secrets that work in place of those that nobody saw, and joins once', async () => {
    const lost = await make();
    const found = await make();
    expect([lost.status, found.status]).toEqual([201, 201]);
    expect(found.body.person).toEqual(lost.body.person);
    expect(found.body.circles.map(({ name }: { name: string }) => name)).toEqual(['x']);
    expect(await board()).toEqual(['Granny', 'Hana']);
    expect(await usesLeft()).toBe(1);
    expect((await me(lost.body.token)).status).toBe(401);
    expect((await recover(lost.body.recoveryCode)).status).toBe(401);
    expect((await me(found.body.token)).body.devices).toHaveLength(1);
    expect((await recover(found.body.recoveryCode)).status).toBe(201);
  });

  it('gets in also where the lost answer took the last use of its invite', async () => {
    await make({ ...wish, nickname: 'Grandpa' });
    await make();
    expect(await usesLeft()).toBe(0);
    expect((await make()).status).toBe(201);
    expect(await board()).toEqual(['Grandpa', 'Granny', 'Hana']);
  });

  it('is one person where all come at the same moment, and the answer to the newest works', async () => {
    const before = await countPeople();
    const all = await Promise.all(Array.from({ length: 5 }, () => make()));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201, 503]));
    const made = all.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.person.id)).size).toBe(1);
    expect(await countPeople()).toBe(before + 1);
    expect(await board()).toEqual(['Granny', 'Hana']);
    const works = await Promise.all(made.map(async ({ body }) => (await me(body.token)).status));
    expect(works.filter((status) => status === 200)).toHaveLength(1);
    expect((await me(all.at(-1)?.body.token)).status).toBe(200);
  });

  it('is worth nothing once an answer was used, also after signing out and for somebody erased', async () => {
    for (const use of [
      ({ token }: { token: string }) => me(token),
      ({ recoveryCode }: { recoveryCode: string }) => recover(recoveryCode),
      ({ token }: { token: string }) => open.call('DELETE', '/v1/me', undefined, { authorization: `Bearer ${token}` }),
    ]) {
      const own = { nickname: 'Ken', attempt: randomUUID() };
      const { body } = await make(own);
      await use(body);
      for (const session of await open.stores.sessions.list(body.person.id))
        await open.stores.sessions.end(body.person.id, session.id);
      const before = await countPeople();
      const repeat = await make(own);
      expect([repeat.status, repeat.body.code]).toEqual([409, 'id-taken']);
      expect(repeat.headers['set-cookie']).toBeUndefined();
      expect(await open.stores.sessions.list(body.person.id)).toEqual([]);
      expect(await countPeople()).toBe(before);
    }
  });

  it('is none with another nickname or invite: whoever finds the key is not let in as its person', async () => {
    const { body } = await make();
    const others = [
      await make({ ...wish, nickname: 'Grandpa' }),
      await make({ nickname: 'Granny', attempt: wish.attempt ?? '' }),
    ];
    for (const other of others) expect(other.body.person.id).not.toBe(body.person.id);
    expect((await me(body.token)).status).toBe(200);
  });

  it('begins anew after an attempt of which nobody came', async () => {
    const fail = registerWith({ joinByInvite: () => Promise.reject(new Error('Command timed out')) });
    await expect(fail(wish, '?')).rejects.toThrow('Command timed out');
    expect((await make()).status).toBe(201);
    expect(await board()).toEqual(['Granny', 'Hana']);
  });

  it('begins anew where the process died on the way, once its turn has lapsed, and leaves no second one', async () => {
    let joined: () => void = () => undefined;
    const isJoined = new Promise<void>((resolve) => {
      joined = resolve;
    });
    const dies = registerWith({
      joinByInvite: async (person, token) => {
        await open.joinByInvite(person, token);
        joined();
        return new Promise(() => undefined);
      },
    });
    void dies(wish, '?');
    await isJoined;
    const early = await make();
    expect([early.status, early.body.code]).toEqual([503, 'unavailable']);
    expect(early.headers['retry-after']).toBeDefined();
    open.clock.now = new Date(open.clock.now.getTime() + 10_001);
    expect((await make()).status).toBe(201);
    expect(await board()).toEqual(['Granny', 'Hana']);
  });

  it('leaves alone who may be another request’s by then', async () => {
    const hash = hashAttempt(wish) ?? '';
    const slow = registerWith({
      people: {
        ...open.stores.people,
        forgetErasing: async (id) => {
          await open.stores.people.forgetErasing(id);
          open.clock.now = new Date(open.clock.now.getTime() + 10_001);
          expect((await make()).status).toBe(201);
          throw new Error('Command timed out');
        },
      },
    });
    await expect(slow(wish, '?')).rejects.toThrow('Command timed out');
    expect(await open.redis.exists(open.keys.attempt(hash))).toBe(1);
    expect(await board()).toEqual(['Granny', 'Hana']);
  });
});
