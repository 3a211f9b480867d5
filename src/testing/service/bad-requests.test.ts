import { request as httpRequest } from 'node:http';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../contract/limits.ts';
import type { Problem } from '../../http/problem.ts';
import { createKnownCircle, type KnownCircle } from '../known-circle.ts';
import { useService } from '../use-service.ts';

const suite = useService();
let known: KnownCircle;
beforeAll(async () => {
  known = await createKnownCircle(suite);
});
const status = () => ({ id: uuidv7(), condition: 'ok' });

describe('a content type that is not JSON', () => {
  const types = [
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    '*/*',
  ];

  it.each(types)('%s', async (type) => {
    const before = await known.read();
    const calls = [
      ['POST', '/v1/statuses', status()],
      ['POST', '/v1/circles', { name: 'Us', kind: 'family' }],
      ['PATCH', '/v1/me', { nickname: 'Mallory' }],
      ['POST', '/v1/people', { nickname: 'Mallory' }],
      ['POST', `/v1/circles/${known.circle.id}/invites`, {}],
    ] as const;
    for (const [method, path, body] of calls) {
      const answer = await known.keeper.call(method, path, JSON.stringify(body), { 'content-type': type });
      expect(answer, `${method} ${path}`).toMatchObject({ status: 415, body: { code: 'wrong-content-type' } });
    }
    expect(await known.read()).toBe(before);
  });
});

describe('a body above 4 KiB', () => {
  const tooLarge = JSON.stringify({ ...status(), note: 'x'.repeat(MAX_BODY_BYTES) });

  it.each(['POST /v1/statuses', 'PATCH /v1/me', 'POST /v1/people', 'PUT /v1/push/subscription'])('%s', async (call) => {
    const before = await known.read();
    const [method = '', path = ''] = call.split(' ');
    expect(await known.keeper.call(method, path, tooLarge)).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await known.read()).toBe(before);
  });

  it('is refused without a length too', async () => {
    const { status: code, body } = await postInPieces([tooLarge.slice(0, 2_000), tooLarge.slice(2_000)]);
    expect({ code, body }).toMatchObject({ code: 413, body: { code: 'too-large' } });
  });

  it('is taken at 4 KiB', async () => {
    const client = await suite.person();
    await suite.circle([client]);
    const json = JSON.stringify(status());
    expect((await client.call('POST', '/v1/statuses', `${json}${' '.repeat(MAX_BODY_BYTES - json.length)}`)).status).toBe(202);
  });

  function postInPieces(pieces: string[]): Promise<{ status: number; body: Problem }> {
    const headers = { authorization: `Bearer ${known.keeper.token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${suite.service.origin}/v1/statuses`, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Problem }));
      });
      request.on('error', reject);
      for (const piece of pieces) request.write(piece);
      request.end();
    });
  }
});

describe('a request from another site', () => {
  const own = () => suite.service.processes.find(({ roles }) => roles.includes('web'))?.origin ?? '';
  const attempts: [name: string, headers: Record<string, string>][] = [
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the null Origin', { origin: 'null' }],
    ['our host on another scheme', { origin: 'https://127.0.0.1' }],
    ['a neighbour port', { origin: 'http://127.0.0.1:1' }],
    ['our name in front of theirs', { origin: 'http://127.0.0.1.evil.example' }],
    ['an Origin that is none', { origin: 'evil' }],
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
  ];
  const foreign = { status: 403, body: { code: 'foreign-origin' } };

  it.each(attempts)('%s cannot use the cookie', async (_name, headers) => {
    const before = await known.read();
    const cookie = { cookie: `session=${known.keeper.token}` };
    const calls = [
      ['POST', '/v1/statuses', status()],
      ['DELETE', '/v1/me', undefined],
      ['DELETE', `/v1/circles/${known.circle.id}`, undefined],
      ['PATCH', '/v1/me', { nickname: 'Mallory' }],
    ] as const;
    for (const [method, path, body] of calls) {
      expect(await suite.ask(method, path, body, { ...cookie, ...headers }), `${method} ${path}`).toMatchObject(foreign);
    }
    expect(await known.read()).toBe(before);
  });

  it.each(attempts)('%s cannot sign a browser in either', async (_name, headers) => {
    for (const [path, body] of [
      ['/v1/people', { nickname: 'Mallory' }],
      ['/v1/sessions', { recoveryCode: known.keeper.recoveryCode }],
    ] as const) {
      const answer = await suite.ask('POST', path, body, headers);
      expect(answer, path).toMatchObject(foreign);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('is a cookie that comes without saying from where', async () => {
    const before = await known.read();
    const cookie = { cookie: `a=b; session=${known.keeper.token}` };
    expect(await suite.ask('POST', '/v1/statuses', status(), cookie)).toMatchObject(foreign);
    const both = { ...cookie, authorization: `Bearer ${known.keeper.token}` };
    expect(await suite.ask('POST', '/v1/statuses', status(), both)).toMatchObject(foreign);
    expect(await known.read()).toBe(before);
  });

  it('is none when it comes from a page of ours, or with a Bearer token alone', async () => {
    const client = await suite.person();
    await suite.circle([client]);
    const cookie = { cookie: `session=${client.token}` };
    const site = { ...cookie, 'sec-fetch-site': 'same-origin' };
    expect((await suite.ask('POST', '/v1/statuses', status(), site)).status).toBe(202);
    const answer = await fetch(`${own()}/v1/statuses`, {
      method: 'POST',
      headers: { ...cookie, origin: own(), 'content-type': 'application/json' },
      body: JSON.stringify(status()),
    });
    expect(answer.status).toBe(202);
    expect((await client.call('POST', '/v1/statuses', status(), { origin: 'https://evil.example' })).status).toBe(202);
  });

  it('may look, but no page of another site is let read the answer', async () => {
    const headers = { cookie: `session=${known.keeper.token}`, origin: 'https://evil.example' };
    const answer = await suite.ask('GET', '/v1/me', undefined, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await suite.ask('OPTIONS', '/v1/statuses', undefined, {
      ...headers,
      'access-control-request-method': 'POST',
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a sign-in that is none', () => {
  it.each([
    ['nothing', {}],
    ['a stale cookie', { cookie: 'session=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq' }],
    ['a broken cookie', { cookie: 'session=%E0%A4%A' }],
    ['a cookie of another name', { cookie: '__Secure-session=abcdefghijklmnopqrstuvwxyz' }],
    ['a made-up token', { authorization: 'Bearer abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq' }],
    ['a short token', { authorization: 'Bearer abc' }],
    ['another scheme', { authorization: 'Basic YWtpOmFraQ==' }],
  ])('%s', async (_name, headers) => {
    const refusal = { status: 401, body: { code: 'not-signed-in' } };
    expect(await suite.ask('GET', '/v1/me', undefined, headers)).toMatchObject(refusal);
    expect(await suite.ask('POST', '/v1/statuses', status(), { ...headers, 'sec-fetch-site': 'same-origin' })).toMatchObject(
      refusal,
    );
  });

  it('is the id, or the stored hash, of a session', async () => {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(known.member.token)));
    for (const token of [known.session, Buffer.from(hash).toString('hex'), known.member.recoveryCode.replaceAll('-', '')]) {
      const answer = await suite.ask('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` });
      expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    }
  });
});
