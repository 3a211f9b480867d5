import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiPerson, openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('circle-routes');
afterAll(world.close);

let keeper: ApiPerson;
let hana: ApiPerson;
let circle: string;
let path: string;
beforeEach(async () => {
  keeper = await world.register({ nickname: 'Keeper' });
  circle = (await keeper.call('POST', '/v1/circles', { name: '田中家', kind: 'family' })).body.id;
  path = `/v1/circles/${circle}`;
  hana = await join();
});

async function join(): Promise<ApiPerson> {
  const { token } = (await keeper.call('POST', `${path}/invites`, {})).body;
  return world.register({ nickname: 'Hana', invite: token });
}
async function post(person: ApiPerson, fields: object = {}) {
  const { body } = await person.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok', ...fields });
  await world.fanOut();
  return body;
}
const rowOf = (board: { members: { member: { id: string }; status: unknown }[] }, { id }: ApiPerson) =>
  board.members.find(({ member }) => member.id === id);

describe('POST /v1/circles', () => {
  it('makes a circle under the face given, or the own one', async () => {
    const face = { nickname: 'Boss', avatar: { emoji: '⭐', colour: 'blue' } };
    const { status, body } = await keeper.call('POST', '/v1/circles', { name: 'Work', kind: 'work', ...face });
    expect([status, body.role, body.memberCount, body.invites]).toEqual([201, 'keeper', 1, 'keepers']);
    const { members } = (await keeper.call('GET', `/v1/circles/${body.id}/board`)).body;
    expect(members[0].member).toEqual({ id: keeper.id, ...face, role: 'keeper' });
  });

  it.each([
    ['an unknown kind', { name: 'x', kind: 'cult' }],
    ['a blank name', { name: '　', kind: 'family' }],
    ['a name of 41', { name: 'あ'.repeat(41), kind: 'family' }],
    ['an id of its own', { name: 'x', kind: 'family', id: uuidv7() }],
  ])('refuses %s', async (_, fields) => {
    expect((await keeper.call('POST', '/v1/circles', fields)).body.code).toBe('invalid-request');
  });

  it('makes thirty and no more', async () => {
    const make = () => keeper.call('POST', '/v1/circles', { name: 'x', kind: 'family' });
    for (let index = 1; index < 30; index++) expect((await make()).status).toBe(201);
    const { status, body } = await make();
    expect([status, body.code]).toEqual([409, 'too-many-circles']);
  });
});

describe('/v1/circles/{id}', () => {
  it('is changed and deleted by keepers only', async () => {
    expect((await hana.call('GET', path)).body).toMatchObject({ id: circle, role: 'member', memberCount: 2 });
    for (const [method, body] of [
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect((await hana.call(method, path, body)).body.code).toBe('not-keeper');
    }
    expect((await keeper.call('PATCH', path, { invites: 'members' })).body).toMatchObject({ name: '田中家', invites: 'members' });
    expect((await keeper.call('PATCH', path, { kind: 'work' })).body.code).toBe('invalid-request');
    expect((await keeper.call('DELETE', path)).status).toBe(204);
    expect((await hana.call('GET', path)).status).toBe(404);
    expect((await hana.call('GET', '/v1/me')).body.circles).toEqual([]);
  });
});

describe('GET …/board', () => {
  it('says who is silent, and tells old news as the last word only', async () => {
    const { id } = await post(hana, { condition: 'hurt', note: 'leg' });
    const url = `${path}/board`;
    const board = (await keeper.call('GET', url)).body;
    expect(board.counts).toEqual({ ok: 0, evacuated: 0, hurt: 1, help: 0, silent: 1 });
    expect(rowOf(board, hana)).toMatchObject({ status: { id, note: 'leg' } });
    expect(rowOf(board, keeper)).toMatchObject({ status: null });
    const before = world.clock.now;
    world.clock.now = new Date(before.getTime() + 25 * 3_600_000);
    const later = (await keeper.call('GET', url)).body;
    world.clock.now = before;
    expect(later.counts.silent).toBe(2);
    expect(rowOf(later, hana)).toMatchObject({ status: { id } });
  });

  it('is 304 until something changes, also when a status only grew old', async () => {
    await post(hana);
    const url = `${path}/board`;
    const { headers } = await keeper.call('GET', url);
    const again = () => keeper.call('GET', url, undefined, { 'if-none-match': String(headers['etag']) });
    expect([(await again()).status, (await again()).body]).toEqual([304, '']);
    expect(headers['cache-control']).toBe('private, no-cache');
    const before = world.clock.now;
    world.clock.now = new Date(before.getTime() + 25 * 3_600_000);
    expect((await again()).status).toBe(200);
    world.clock.now = before;
    expect((await again()).status).toBe(304);
    await post(keeper);
    expect((await again()).status).toBe(200);
  });
});

describe('GET …/feed', () => {
  it('gives what came after a position, a page at a time', async () => {
    const { position } = (await keeper.call('GET', path)).body;
    const ids = [(await post(hana)).id, (await post(keeper)).id];
    const first = (await keeper.call('GET', `${path}/feed?after=${position}&limit=1`)).body;
    expect(first.events).toMatchObject([{ t: 'status', circle, position: first.position, status: { id: ids[0] } }]);
    const second = (await keeper.call('GET', `${path}/feed?after=${first.position}`)).body;
    expect(second.events.map(({ status }: { status: { id: string } }) => status.id)).toEqual([ids[1]]);
  });

  it('is 410 for a position that is lost, and 400 for what is none', async () => {
    const lost = await hana.call('GET', `${path}/feed?after=00000000-1`);
    expect([lost.status, lost.body.code]).toEqual([410, 'position-lost']);
    for (const query of ['after=x', 'after=', 'limit=0', 'limit=101', 'x=1', 'after=1&after=2']) {
      expect((await hana.call('GET', `${path}/feed?${query}`)).body.code).toBe('invalid-request');
    }
  });
});

describe('PATCH …/members/{person}', () => {
  it('changes the own face and alerts', async () => {
    const url = `${path}/members/${hana.id}`;
    const { body } = await hana.call('PATCH', url, { nickname: 'ママ', alerts: 'help-only' });
    expect(body).toMatchObject({ id: hana.id, nickname: 'ママ', role: 'member', alerts: 'help-only' });
    expect(
      (await keeper.call('GET', `${path}/board`)).body.members.map(({ member }: { member: object }) => member),
    ).toContainEqual(expect.objectContaining({ nickname: 'ママ' }));
  });

  it('lets keepers set roles and nobody else anything', async () => {
    const of = (person: ApiPerson) => `${path}/members/${person.id}`;
    for (const change of [{ role: 'keeper' }, { nickname: 'x', role: 'keeper' }]) {
      expect((await hana.call('PATCH', of(hana), change)).body.code).toBe('not-keeper');
    }
    for (const change of [{ nickname: 'x' }, { alerts: 'none' }, { nickname: 'x', role: 'keeper' }]) {
      expect((await keeper.call('PATCH', of(hana), change)).body.code).toBe('not-keeper');
    }
    expect((await keeper.call('PATCH', of(keeper), { role: 'member' })).body.code).toBe('last-keeper');
    expect((await keeper.call('PATCH', of(hana), { role: 'keeper' })).body).toEqual(
      expect.not.objectContaining({ alerts: expect.anything() }),
    );
    expect((await hana.call('PATCH', of(keeper), { role: 'member' })).body.role).toBe('member');
    expect((await hana.call('PATCH', `${path}/members/${uuidv7()}`, { role: 'keeper' })).body.code).toBe('not-found');
  });
});

describe('DELETE …/members/{person}', () => {
  it('is leaving, or a keeper removing somebody', async () => {
    const other = await join();
    const of = (person: ApiPerson) => `${path}/members/${person.id}`;
    expect((await hana.call('DELETE', of(other))).body.code).toBe('not-keeper');
    expect((await hana.call('DELETE', of(hana))).status).toBe(204);
    expect((await hana.call('GET', path)).status).toBe(404);
    expect((await keeper.call('DELETE', of(other))).status).toBe(204);
    expect((await keeper.call('DELETE', of(other))).status).toBe(404);
    expect((await keeper.call('DELETE', of(keeper))).body.code).toBe('last-keeper');
  });
});

describe('a stranger', () => {
  it('is told the same of a circle that exists and one that does not, whatever they ask', async () => {
    const stranger = await world.register();
    const ask = async (id: string) => {
      const of = `/v1/circles/${id}`;
      const calls = [
        stranger.call('GET', of),
        stranger.call('PATCH', of, { name: 'x' }),
        stranger.call('DELETE', of),
        stranger.call('GET', `${of}/board`),
        stranger.call('GET', `${of}/feed`),
        stranger.call('GET', `${of}/invites`),
        stranger.call('POST', `${of}/invites`, {}),
        stranger.call('DELETE', `${of}/invites/${uuidv7()}`),
        stranger.call('PATCH', `${of}/members/${hana.id}`, { role: 'keeper' }),
        stranger.call('DELETE', `${of}/members/${hana.id}`),
        stranger.call('GET', `${of}/members/${hana.id}/statuses`),
      ];
      return (await Promise.all(calls)).map(({ status, body: { requestId, ...body } }) => ({ status, body }));
    };
    const answers = await ask(circle);
    expect(answers.every(({ status }) => status === 404)).toBe(true);
    expect(answers).toEqual(await ask(uuidv7()));
  });
});
