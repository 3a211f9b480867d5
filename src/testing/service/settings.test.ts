import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { NewInvite } from '../../contract/circles.ts';
import { must, send } from '../client.ts';
import { openLive, refusedLive } from '../live-client.ts';
import { startService } from '../service.ts';
import { useService } from '../use-service.ts';

const PUBLIC_URL = 'https://buji.example';
const suite = useService({
  env: { PUBLIC_URL, LIMITS_STATUS: '3/600', LIMITS_SIGN_IN: '2/600', LIMITS_CREATE_CIRCLE: '2/600', LIMITS_TEST_ALERT: '1/600' },
});

describe('limits', () => {
  it('are per person, count at every process, and say when to come back', async () => {
    const [aki, ken] = await suite.people('Aki', 'Ken');
    await suite.circle([aki, ken]);
    const post = (client: typeof aki) =>
      client.call<{ retryAfterSeconds: number }>('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok' });
    for (let count = 0; count < 3; count++) expect((await post(aki)).status).toBe(202);
    for (let count = 0; count < 2; count++) {
      const refused = await post(aki);
      expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
      expect(refused.body.retryAfterSeconds).toBeGreaterThan(0);
      expect(refused.body.retryAfterSeconds).toBeLessThanOrEqual(600);
    }
    expect((await post(ken)).status).toBe(202);
    await must(aki, 200, 'GET', '/v1/me');
  });

  it('keep those who guess codes away by address', async () => {
    const guess = () => suite.ask('POST', '/v1/sessions', { recoveryCode: uuidv7() });
    const answers = [await guess(), await guess(), await guess(), await guess()];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 429, 429]);
  });

  it('stop somebody who makes circle after circle', async () => {
    const aki = await suite.person();
    const make = () => aki.call('POST', '/v1/circles', { name: 'Us', kind: 'family' });
    expect([(await make()).status, (await make()).status, (await make()).status]).toEqual([201, 201, 429]);
    const { circles } = await must<{ circles: unknown[] }>(aki, 200, 'GET', '/v1/me');
    expect(circles).toHaveLength(2);
  });
});

describe('a service behind https', () => {
  it('gives a cookie that is tied to its host, and reads no other', async () => {
    const answer = await suite.ask<{ token: string }>('POST', '/v1/people', { nickname: 'Aki' });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-session=/);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Domain');
    const { token } = answer.body;
    const read = (name: string) => suite.ask('GET', '/v1/me', undefined, { cookie: `${name}=${token}` });
    expect((await read('__Host-session')).status).toBe(200);
    expect((await read('session')).status).toBe(401);
  });

  it('takes changes from its own origin only, whatever the Host says', async () => {
    const aki = await suite.person();
    const change = (origin: string) =>
      suite.ask('PATCH', '/v1/me', { locale: 'en' }, { cookie: `__Host-session=${aki.token}`, origin });
    expect((await change(PUBLIC_URL)).status).toBe(200);
    for (const origin of [suite.service.origin, 'http://buji.example', 'https://buji.example:8443', 'https://a.buji.example']) {
      expect(await change(origin), origin).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
    }
    const headers = { cookie: `__Host-session=${aki.token}` };
    const gateway = suite.service.next('live');
    (await openLive(gateway, null, { headers: { ...headers, origin: PUBLIC_URL } })).close();
    expect(await refusedLive(gateway, null, { headers: { ...headers, origin: gateway } })).toMatchObject({ status: 403 });
  });

  it('names itself in links', async () => {
    const aki = await suite.person();
    const circle = await suite.circle([aki]);
    const { url, token } = await must<NewInvite>(aki, 201, 'POST', `/v1/circles/${circle.id}/invites`, {});
    expect(url).toBe(`${PUBLIC_URL}/join/${token}`);
  });

  it('sends the headers that keep browsers safe', async () => {
    for (const path of ['/v1/me', '/health/live', '/openapi.json', '/v1/nothing']) {
      const { headers } = await suite.ask('GET', path).catch(() => send(suite.service.origin, 'GET', path));
      expect(headers.get('strict-transport-security'), path).toMatch(/^max-age=\d{7,}/);
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'self'");
      expect(policy, path).not.toMatch(/unsafe-(inline|eval)/);
      expect(headers.get('server'), path).toBeNull();
    }
  });

  it('lets nobody keep an answer that is for one person', async () => {
    const aki = await suite.person();
    expect((await aki.call('GET', '/v1/me')).headers.get('cache-control')).toBe('no-store');
    expect((await suite.ask('GET', `/v1/invites/${'a'.repeat(43)}`)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('/docs', () => {
  it('can be read by a person', async () => {
    const page = await send<string>(suite.service.origin, 'GET', '/docs');
    expect(page).toMatchObject({ status: 200 });
    expect(page.body).toContain('swagger');
  });
});

describe('REGISTRATION=invite', () => {
  it('makes nobody without an invite', async () => {
    const service = await startService({ topology: 'one', env: { REGISTRATION: 'invite' } });
    try {
      const make = (invite?: string) =>
        send(service.origin, 'POST', '/v1/people', { nickname: 'Aki', ...(invite && { invite }) });
      expect(await make()).toMatchObject({ status: 403, body: { code: 'registration-by-invite' } });
      expect(await make('a'.repeat(43))).toMatchObject({ status: 404, body: { code: 'not-found' } });
    } finally {
      await service.stop();
    }
  });
});

describe('QUEUE_SHARDS', () => {
  it('is for good what the first start said: another number does not start, and both are named', async () => {
    const settled = await startService({ topology: 'one', env: { QUEUE_SHARDS: '2' } });
    try {
      const another = { KEY_PREFIX: settled.keyPrefix, QUEUE_SHARDS: '4' };
      await expect(startService({ topology: 'one', env: another })).rejects.toThrow(
        'buji: QUEUE_SHARDS must be 2, the number that this store was begun with, not "4"',
      );
      const same = await startService({ topology: 'one', env: { ...another, QUEUE_SHARDS: '2' } });
      await same.stop();
    } finally {
      await settled.stop();
    }
  });
});

describe('a setting that cannot be used', () => {
  it.each([
    ['QUEUE_SHARDS', '0', 'QUEUE_SHARDS must be a whole number from 1 to 64'],
    ['PUBLIC_URL', 'buji.example', 'PUBLIC_URL must be an origin'],
    ['LIMITS_STATUS', 'many', 'LIMITS_STATUS must be points/seconds'],
    ['OPERATOR_TOKEN', 'short', 'OPERATOR_TOKEN must be at least 16 characters'],
  ])('%s stops the start with its name', async (name, value, message) => {
    await expect(startService({ topology: 'one', env: { [name]: value } })).rejects.toThrow(message);
  });
});
