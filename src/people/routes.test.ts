import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { SESSIONS_PER_PERSON_MAX } from '../contract/limits.ts';
import { type ApiPerson, openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('people-routes');
afterAll(world.close);

let hana: ApiPerson;
beforeEach(async () => {
  hana = await world.register();
});
const recover = (recoveryCode: string) => world.call('POST', '/v1/sessions', { recoveryCode });

describe('POST /v1/people', () => {
  it('makes a person with a face of their own, signed in by token and cookie', async () => {
    const { status, body, headers } = await world.call('POST', '/v1/people', {
      nickname: '花',
      locale: 'ja-easy',
      country: 'NZ',
    });
    expect(status).toBe(201);
    expect(body.person).toMatchObject({ nickname: '花', locale: 'ja-easy', country: 'NZ' });
    expect(body.person.avatar).toEqual({ emoji: expect.any(String), colour: expect.any(String) });
    expect(body.circles).toEqual([]);
    expect(headers['set-cookie']).toContain(`session=${body.token}`);
    const me = await world.call('GET', '/v1/me', undefined, { authorization: `Bearer ${body.token}` });
    expect(me.body.person).toEqual(body.person);
  });

  it.each([
    ['no nickname', {}],
    ['an empty nickname', { nickname: '' }],
    ['a blank nickname', { nickname: ' 　' }],
    ['a nickname of two lines', { nickname: 'a\nb' }],
    ['a nickname of 31', { nickname: 'あ'.repeat(31) }],
    ['an unknown language', { nickname: 'x', locale: 'tlh' }],
    ['a country that is none', { nickname: 'x', country: 'jp' }],
    ['markup for an avatar', { nickname: 'x', avatar: { emoji: '<b>', colour: 'red' } }],
    ['a phone number: nobody asked', { nickname: 'x', phone: '090' }],
    ['an invite that cannot be one', { nickname: 'x', invite: '../x' }],
  ])('refuses %s', async (_, fields) => {
    const { status, body } = await world.call('POST', '/v1/people', fields);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
  });

  it('refuses whoever comes by an invite while invites are shed, makes nobody, and takes them with it later', async () => {
    const { body: circle } = await hana.call('POST', '/v1/circles', { name: 'Family', kind: 'family' });
    const { body: invite } = await hana.call('POST', `/v1/circles/${circle.id}/invites`, { maxUses: 1 });
    const fields = { nickname: 'Taro', invite: invite.token };
    world.shed.add('invites');
    const refused = await world.call('POST', '/v1/people', fields);
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await world.call('POST', '/v1/people', { nickname: 'Taro' })).status).toBe(201);
    world.shed.clear();
    const taken = await world.call('POST', '/v1/people', fields);
    expect(taken.body.circles).toMatchObject([{ id: circle.id }]);
  });

  it('counts code points: 30 emoji are a nickname', async () => {
    expect((await world.call('POST', '/v1/people', { nickname: '🐳'.repeat(30) })).status).toBe(201);
  });
});

describe('/v1/me', () => {
  it('gives profile, circles and devices, and changes what is named', async () => {
    const { body } = await hana.call('PATCH', '/v1/me', { nickname: 'Mum' });
    expect(body.person).toMatchObject({ id: hana.id, nickname: 'Mum', locale: 'ja' });
    expect(body).toMatchObject({ circles: [], devices: [{ name: '?', current: true, alerts: false }] });
    expect((await hana.call('GET', '/v1/me')).body).toEqual(body);
    for (const change of [{}, { nickname: null }, { id: uuidv7() }]) {
      expect((await hana.call('PATCH', '/v1/me', change)).status).toBe(400);
    }
  });

  it('keeps each of many changes that come at once', async () => {
    const names = Array.from({ length: 10 }, (_, turn) => ({ nickname: `Mum ${turn}` }));
    const answers = await Promise.all(
      [...names, { footprints: false }, ...names].map((one) => hana.call('PATCH', '/v1/me', one)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { body } = await hana.call('GET', '/v1/me');
    expect(body.person).toMatchObject({ nickname: expect.stringMatching(/^Mum \d$/), footprints: false });
  });

  it('is erased at once and for good: nothing signs in any more, and the chore is queued', async () => {
    const second = (await recover(hana.recoveryCode)).body;
    expect((await hana.call('DELETE', '/v1/me')).status).toBe(204);
    for (const token of [hana.token, second.token]) {
      expect((await world.call('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
    }
    expect((await recover(second.recoveryCode)).body.code).toBe('code-not-valid');
    const jobs = await world.listJobs('chores');
    expect(jobs.map(({ data }) => data)).toContainEqual({ kind: 'erase-person', person: hana.id });
    await world.erase(hana.id);
    expect(await world.redis.keys(`${world.prefix}*${hana.id}*`)).not.toContain(world.keys.person.profile(hana.id));
  });
});

describe('POST /v1/sessions', () => {
  it('signs the same person in on another device, and replaces the code', async () => {
    const { status, body } = await recover(hana.recoveryCode.toLowerCase().replaceAll('-', ' '));
    expect([status, body.person.id]).toEqual([201, hana.id]);
    expect(body.token).not.toBe(hana.token);
    expect(body.recoveryCode).not.toBe(hana.recoveryCode);
    expect(world.announced).toContainEqual({ person: hana.id, session: expect.any(String) });
    expect((await recover(hana.recoveryCode)).body.code).toBe('code-not-valid');
    expect((await recover(body.recoveryCode)).status).toBe(201);
  });

  it('takes a code once, however many use it at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => recover(hana.recoveryCode)));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 401, 401, 401]);
    expect((await hana.call('GET', '/v1/sessions')).body.sessions).toHaveLength(2);
  });

  it('refuses what is no code', async () => {
    expect((await recover('x'.repeat(26))).body.code).toBe('code-not-valid');
    expect((await recover('short')).body.code).toBe('invalid-request');
  });

  it('leaves the code alone where no further device is possible', async () => {
    for (let index = 1; index < SESSIONS_PER_PERSON_MAX; index++) await world.stores.sessions.create(hana.id, '?', new Date());
    expect((await recover(hana.recoveryCode)).body.code).toBe('too-many-sessions');
    const [{ id }] = (await hana.call('GET', '/v1/sessions')).body.sessions;
    expect((await hana.call('DELETE', `/v1/sessions/${id}`)).status).toBe(204);
    expect((await recover(hana.recoveryCode)).status).toBe(201);
  });
});

describe('signing in on a browser that another person is signed in on', () => {
  const own = { 'sec-fetch-site': 'same-origin' };
  const stillSignedIn = async (token: string) =>
    (await world.call('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })).status === 200;

  it.each([
    ['/v1/people', () => ({ nickname: 'Ken' })],
    ['/v1/sessions', async () => ({ recoveryCode: (await world.register()).recoveryCode })],
  ] as const)('by %s ends the session of the cookie that is replaced, and no other of theirs', async (url, makeBody) => {
    const elsewhere = (await recover(hana.recoveryCode)).body;
    const body = await makeBody();
    const answer = await world.call('POST', url, body, { ...own, cookie: `session=${hana.token}` });
    expect(answer.status).toBe(201);
    expect(answer.headers['set-cookie']).toContain(`session=${answer.body.token}`);
    expect(await stillSignedIn(hana.token)).toBe(false);
    expect(await stillSignedIn(elsewhere.token)).toBe(true);
    expect(await stillSignedIn(answer.body.token)).toBe(true);
  });

  it('ends nothing when it fails', async () => {
    const headers = { ...own, cookie: `session=${hana.token}` };
    expect((await world.call('POST', '/v1/sessions', { recoveryCode: 'x'.repeat(26) }, headers)).status).toBe(401);
    expect(await stillSignedIn(hana.token)).toBe(true);
  });

  it('leaves the own session alone', async () => {
    const headers = { ...own, cookie: `session=${hana.token}` };
    expect((await world.call('POST', '/v1/sessions', { recoveryCode: hana.recoveryCode }, headers)).status).toBe(201);
    expect(await stillSignedIn(hana.token)).toBe(true);
  });
});

describe('/v1/sessions', () => {
  it('lists devices page by page, newest first, and signs one out', async () => {
    const second = (await recover(hana.recoveryCode)).body;
    const first = (await hana.call('GET', '/v1/sessions?limit=1')).body;
    expect(first.sessions).toMatchObject([{ current: false }]);
    const rest = (await hana.call('GET', `/v1/sessions?limit=1&before=${first.next}`)).body;
    expect(rest).toMatchObject({ sessions: [{ current: true }], next: null });
    const url = `/v1/sessions/${first.sessions[0].id}`;
    expect((await hana.call('DELETE', url)).status).toBe(204);
    expect((await hana.call('DELETE', url)).status).toBe(404);
    expect((await world.call('GET', '/v1/me', undefined, { authorization: `Bearer ${second.token}` })).status).toBe(401);
  });

  it("does not sign another person's device out", async () => {
    const [{ id }] = (await hana.call('GET', '/v1/sessions')).body.sessions;
    const stranger = await world.register();
    expect((await stranger.call('DELETE', `/v1/sessions/${id}`)).body.code).toBe('not-found');
    expect((await stranger.call('DELETE', '/v1/sessions/x')).body.code).toBe('invalid-request');
    expect((await hana.call('GET', '/v1/me')).status).toBe(200);
  });

  it('takes the cookie of the device that signs itself out', async () => {
    const [{ id }] = (await hana.call('GET', '/v1/sessions')).body.sessions;
    const { headers } = await hana.call('DELETE', `/v1/sessions/${id}`);
    expect(String(headers['set-cookie'])).toMatch(/^session=;/);
  });
});

describe('whoever is not signed in', () => {
  it.each([
    ['GET', '/v1/me'],
    ['PATCH', '/v1/me'],
    ['DELETE', '/v1/me'],
    ['GET', '/v1/sessions'],
    ['DELETE', `/v1/sessions/${uuidv7()}`],
  ] as const)('%s %s is 401', async (method, url) => {
    expect((await world.call(method, url)).body.code).toBe('not-signed-in');
  });
});
