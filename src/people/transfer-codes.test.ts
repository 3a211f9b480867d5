import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { SESSIONS_PER_PERSON_MAX } from '../contract/limits.ts';
import { hashTypedCode } from '../store/typed-code.ts';
import { type ApiPerson, openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('transfer-codes');
const tight = await openApiWorld('transfer-codes-tight', { points: 2 });
afterAll(() => Promise.all([world.close(), tight.close()]));

let hana: ApiPerson;
let code: string;
beforeEach(async () => {
  hana = await world.register();
  code = (await hana.call('POST', '/v1/transfer-codes')).body.code;
});
const signIn = (transferCode: string) => world.call('POST', '/v1/sessions', { transferCode });
const isRefused = { status: 401, body: { code: 'code-not-valid', title: expect.any(String) } };

describe('POST /v1/transfer-codes', () => {
  it('gives a code of 80 bits that can be typed, its link, and its end in ten minutes', async () => {
    const before = Date.now();
    const { status, body } = await hana.call('POST', '/v1/transfer-codes');
    expect(status).toBe(201);
    expect(body.code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    expect(body.url).toBe(`http://localhost/move/${body.code}`);
    expect(Math.abs(Date.parse(body.expiresAt) - world.clock.now.getTime() - 600_000)).toBeLessThanOrEqual(Date.now() - before);
    expect(body.code).not.toBe(code);
  });

  it('is for who is signed in, and not made one after the other', async () => {
    expect((await world.call('POST', '/v1/transfer-codes')).body.code).toBe('not-signed-in');
    const eager = await tight.register();
    const statuses = [];
    for (let turn = 0; turn < 3; turn++) statuses.push((await eager.call('POST', '/v1/transfer-codes')).status);
    expect(statuses).toEqual([201, 201, 429]);
  });
});

describe('POST /v1/sessions by transfer code', () => {
  it('signs the same person in, as it is typed, tells the other devices, and leaves session and recovery code alone', async () => {
    const { status, body, headers } = await signIn(code.toLowerCase().replaceAll('-', ' '));
    expect([status, body.person.id, body.recoveryCode, body.circles]).toEqual([201, hana.id, null, []]);
    expect(headers['set-cookie']).toContain(`session=${body.token}`);
    const { sessions } = (await hana.call('GET', '/v1/sessions')).body;
    expect(sessions).toHaveLength(2);
    expect(world.announced).toContainEqual({ person: hana.id, session: sessions[0].id });
    expect((await world.call('POST', '/v1/sessions', { recoveryCode: hana.recoveryCode })).status).toBe(201);
  });

  it('works once, however many use it at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => signIn(code)));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(9).fill(401)]);
    expect(await signIn(code)).toMatchObject(isRefused);
    expect((await hana.call('GET', '/v1/sessions')).body.sessions).toHaveLength(2);
  });

  it('answers the same to a code that was used, is over, or never was', async () => {
    const [over, never] = [(await hana.call('POST', '/v1/transfer-codes')).body.code as string, 'AAAA-BBBB-CCCC-DDDD'];
    await world.redis.pexpire(world.keys.transfer(hashTypedCode(over)), 0);
    await signIn(code);
    const answers = await Promise.all([code, over, never].map(signIn));
    const uniform = answers.map(({ status, body }) => ({ status, ...body, requestId: '' }));
    expect(uniform[0]).toMatchObject({ status: 401, code: 'code-not-valid' });
    expect(new Set(uniform.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('is refused once the device that made the code is signed out, or its person erased', async () => {
    const second = (await signIn(code)).body;
    const bearer = { authorization: `Bearer ${second.token}` };
    const stolen = (await world.call('POST', '/v1/transfer-codes', undefined, bearer)).body.code;
    const [{ id }] = (await hana.call('GET', '/v1/sessions')).body.sessions;
    await hana.call('DELETE', `/v1/sessions/${id}`);
    expect(await signIn(stolen)).toMatchObject(isRefused);
    const last = (await hana.call('POST', '/v1/transfer-codes')).body.code;
    await hana.call('DELETE', '/v1/me');
    expect(await signIn(last)).toMatchObject(isRefused);
  });

  it('leaves the code alone where no further device is possible', async () => {
    for (let index = 1; index < SESSIONS_PER_PERSON_MAX; index++) await world.stores.sessions.create(hana.id, '?', new Date());
    expect((await signIn(code)).body.code).toBe('too-many-sessions');
    const [{ id }] = (await hana.call('GET', '/v1/sessions')).body.sessions;
    await hana.call('DELETE', `/v1/sessions/${id}`);
    expect((await signIn(code)).status).toBe(201);
  });

  it('takes one code, not two and not none', async () => {
    for (const body of [{}, { transferCode: code, recoveryCode: hana.recoveryCode }, { transferCode: 'short' }]) {
      expect((await world.call('POST', '/v1/sessions', body)).body.code).toBe('invalid-request');
    }
    expect((await signIn(code)).status).toBe(201);
  });
});

describe('signing in behind one address', () => {
  it('is limited by wrong codes alone', async () => {
    const movers = await openApiWorld('transfer-codes-movers', { points: 2 });
    const signInThere = (transferCode: string) => movers.call('POST', '/v1/sessions', { transferCode });
    const maker = await movers.register();
    const [{ id: session }] = (await maker.call('GET', '/v1/sessions')).body.sessions;
    for (let turn = 0; turn < 4; turn++) {
      const made = await movers.transferCodes.make({ person: maker.id, session }, 'http://localhost');
      expect((await signInThere(made.code)).status).toBe(201);
    }
    for (const status of [401, 401, 429]) expect((await signInThere('AAAA-BBBB-CCCC-DDDD')).status).toBe(status);
    expect((await movers.call('POST', '/v1/sessions', { recoveryCode: maker.recoveryCode })).status).toBe(429);
    await movers.close();
  });
});

describe('looking at whose code it is', () => {
  it('uses nothing up', async () => {
    expect(await world.transferCodes.read(code)).toMatchObject({ id: hana.id });
    expect((await signIn(code)).status).toBe(201);
    await expect(world.transferCodes.read(code)).rejects.toMatchObject({ code: 'code-not-valid' });
  });
});
