import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiPerson, openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('invite-routes', { publicUrl: 'https://buji.example' });
afterAll(world.close);

let keeper: ApiPerson;
let circle: string;
let path: string;
beforeEach(async () => {
  keeper = await world.register({ nickname: 'Keeper' });
  circle = (await keeper.call('POST', '/v1/circles', { name: '田中家', kind: 'family' })).body.id;
  path = `/v1/circles/${circle}/invites`;
});
const create = async (fields: object = {}) => (await keeper.call('POST', path, fields)).body;
const accept = (person: ApiPerson, token: string, face: object = {}) => person.call('POST', `/v1/invites/${token}/accept`, face);

describe('POST …/invites', () => {
  it('makes a link for 72 hours and 10 uses, or as asked', async () => {
    const { status, body } = await keeper.call('POST', path, {});
    expect([status, body.maxUses, body.url]).toEqual([201, 10, `https://buji.example/join/${body.token}`]);
    expect(Date.parse(body.expiresAt) - world.clock.now.getTime()).toBe(72 * 3_600_000);
    expect(await create({ expiresInHours: 1, maxUses: 1 })).toMatchObject({ maxUses: 1 });
    expect((await keeper.call('POST', path)).status).toBe(201);
  });

  it.each([
    { expiresInHours: 0 },
    { expiresInHours: 721 },
    { maxUses: 0 },
    { maxUses: 1_001 },
    { maxUses: 1.5 },
    { token: 'mine' },
  ])('refuses %j', async (fields) => {
    expect((await keeper.call('POST', path, fields)).body.code).toBe('invalid-request');
  });

  it('is for keepers, unless the circle says members', async () => {
    const hana = await world.register({ invite: (await create()).token });
    for (const [method, url] of [
      ['POST', path],
      ['GET', path],
      ['DELETE', `${path}/${uuidv7()}`],
    ] as const) {
      expect((await hana.call(method, url, method === 'POST' ? {} : undefined)).body.code).toBe('not-keeper');
    }
    await keeper.call('PATCH', `/v1/circles/${circle}`, { invites: 'members' });
    expect((await hana.call('POST', path, {})).status).toBe(201);
    expect((await hana.call('GET', path)).body.invites).toHaveLength(2);
  });
});

describe('GET …/invites', () => {
  it('lists what still works, without tokens, page by page', async () => {
    const made = [await create(), await create(), await create()];
    const first = (await keeper.call('GET', `${path}?limit=2`)).body;
    expect(first.invites.map(({ id }: { id: string }) => id)).toEqual([made[2].id, made[1].id]);
    const second = (await keeper.call('GET', `${path}?limit=2&before=${first.next}`)).body;
    expect(second).toMatchObject({ invites: [{ id: made[0].id, uses: 0, createdBy: keeper.id }], next: null });
    expect(JSON.stringify([first, second])).not.toContain(made[0].token);
    expect((await keeper.call('GET', `${path}?limit=0`)).body.code).toBe('invalid-request');
  });
});

describe('GET /v1/invites/{token}', () => {
  it('shows where it leads to anybody, and consumes nothing', async () => {
    const { token } = await create({ maxUses: 1 });
    for (const _ of [1, 2, 3]) {
      const { body } = await world.call('GET', `/v1/invites/${token}`);
      expect(body).toEqual({
        circle: { name: '田中家', kind: 'family', memberCount: 1 },
        invitedBy: { nickname: 'Keeper', avatar: expect.any(Object) },
      });
    }
  });

  it('is 404 for a token of nothing, and 400 for what cannot be one', async () => {
    expect((await world.call('GET', `/v1/invites/${'x'.repeat(43)}`)).body.code).toBe('not-found');
    expect((await world.call('GET', '/v1/invites/short')).body.code).toBe('invalid-request');
  });
});

describe('POST /v1/invites/{token}/accept', () => {
  it('joins under the face given, once per person, and again for nothing', async () => {
    const { token, id } = await create({ maxUses: 2 });
    const hana = await world.register();
    const first = await accept(hana, token, { nickname: 'ママ' });
    expect([first.status, first.body]).toEqual([200, expect.objectContaining({ id: circle, role: 'member', memberCount: 2 })]);
    expect((await accept(hana, token)).status).toBe(200);
    const usesOf = async () =>
      (await keeper.call('GET', path)).body.invites.find((invite: { id: string }) => invite.id === id)?.uses;
    expect(await usesOf()).toBe(1);
    await keeper.call('DELETE', `${path}/${id}`);
    expect((await accept(hana, token)).status).toBe(200);
    expect((await accept(await world.register(), token)).body.code).toBe('invite-expired');
  });

  it('lets in as many as it has uses', async () => {
    const { token } = await create({ maxUses: 3 });
    const people = await Promise.all(Array.from({ length: 8 }, () => world.register()));
    const answers = await Promise.all(people.map((person) => accept(person, token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'invite-used-up')).toHaveLength(5);
    expect((await keeper.call('GET', `/v1/circles/${circle}`)).body.memberCount).toBe(4);
  });

  it('is 410 once expired, and when the one who invited is gone', async () => {
    const second = await world.register({ invite: (await create()).token });
    await keeper.call('PATCH', `/v1/circles/${circle}/members/${second.id}`, { role: 'keeper' });
    const theirs = (await second.call('POST', path, {})).body;
    await second.call('DELETE', `/v1/circles/${circle}/members/${second.id}`);
    const late = await world.register();
    expect((await accept(late, theirs.token)).body.code).toBe('invite-expired');
    expect((await world.call('GET', `/v1/invites/${theirs.token}`)).body.code).toBe('invite-expired');

    const { token } = await create({ expiresInHours: 1 });
    const before = world.clock.now;
    world.clock.now = new Date(before.getTime() + 3_600_000);
    const answers = [await accept(late, token), await world.call('GET', `/v1/invites/${token}`)];
    world.clock.now = before;
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([410, 'invite-expired']));
    expect((await late.call('GET', '/v1/me')).body.circles).toEqual([]);
  });

  it('is 410 while the one who invited may not: no keeper any more, or members no longer', async () => {
    const second = await world.register({ invite: (await create()).token });
    const change = (url: string, body: object) => keeper.call('PATCH', `/v1/circles/${circle}${url}`, body);
    await change('', { invites: 'members' });
    const { token } = (await second.call('POST', path, {})).body;
    const late = await world.register();
    const ask = async () => {
      const answers = [await world.call('GET', `/v1/invites/${token}`), await accept(late, token)];
      return answers.map(({ status, body }) => [status, body.code]);
    };
    const refused = Array(2).fill([410, 'invite-expired']);
    await change('', { invites: 'keepers' });
    expect(await ask()).toEqual(refused);
    const making = await world.call('POST', '/v1/people', { nickname: 'Late', invite: token });
    expect([making.status, making.body.code]).toEqual(refused[0]);
    await change(`/members/${second.id}`, { role: 'keeper' });
    expect((await world.call('GET', `/v1/invites/${token}`)).status).toBe(200);
    await change(`/members/${second.id}`, { role: 'member' });
    expect(await ask()).toEqual(refused);
  });

  it('leads nowhere once the circle is deleted', async () => {
    const { token } = await create();
    await keeper.call('DELETE', `/v1/circles/${circle}`);
    const { status } = await accept(await world.register(), token);
    expect([404, 410]).toContain(status);
  });

  it('does not reopen the history of who joins again', async () => {
    const { token } = await create();
    const hana = await world.register({ invite: token });
    await keeper.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok' });
    await world.fanOut();
    const history = `/v1/circles/${circle}/members/${keeper.id}/statuses`;
    expect((await hana.call('GET', history)).body.statuses).toHaveLength(1);
    await hana.call('DELETE', `/v1/circles/${circle}/members/${hana.id}`);
    world.clock.now = new Date(world.clock.now.getTime() + 1);
    await accept(hana, token);
    expect((await hana.call('GET', history)).body).toEqual({ statuses: [], next: null });
  });
});
