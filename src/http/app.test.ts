import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { MAX_BODY_BYTES } from '../contract/limits.ts';
import { createLogger } from '../platform/logger.ts';
import { type App, createApp } from './app.ts';

const lines: Record<string, unknown>[] = [];
const observed: unknown[][] = [];
let thrown: unknown;
let app: App;
beforeAll(async () => {
  const log = createLogger('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
  app = await createApp({ log, trustProxy: false, publicUrl: null, observe: (...seen) => observed.push(seen) });
  const body = Type.Object({ id: Type.String(), note: Type.Optional(Type.String()) }, { additionalProperties: false });
  app.post('/v1/things', { schema: { body } }, async ({ body }) => body);
  app.post(
    '/v1/optional',
    { schema: { body: Type.Object({ x: Type.Optional(Type.Number()) }) } },
    async (request) => request.body,
  );
  app.get('/v1/things/:token', async () => {
    if (thrown) throw thrown;
    return { ok: true };
  });
});
beforeEach(() => {
  lines.length = 0;
  observed.length = 0;
  thrown = undefined;
});
afterAll(() => app.close());

type Injected = Awaited<ReturnType<App['inject']>>;
function expectProblem(answer: Injected, code: ErrorCode): void {
  const { status, title } = ERRORS[code];
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.json()).toMatchObject({ type: `/problems#${code}`, title, status, code, detail: expect.any(String) });
  expect(answer.headers['x-request-id']).toBe(answer.json().requestId);
  expect(answer.json().requestId).toMatch(/^[0-9a-f-]{36}$/);
}
const post = (payload: string | undefined, type?: string, url = '/v1/things') =>
  app.inject({ method: 'POST', url, headers: type ? { 'content-type': type } : {}, ...(payload !== undefined && { payload }) });
const JSON_TYPE = 'application/json';

describe('a body that cannot be taken', () => {
  const cases: [what: string, payload: string | undefined, type: string | undefined, code: ErrorCode][] = [
    ['malformed JSON', '{"id":', JSON_TYPE, 'malformed-json'],
    ['an empty body that calls itself JSON', '', JSON_TYPE, 'malformed-json'],
    ['a prototype in disguise', '{"id":"x","__proto__":{"a":1}}', JSON_TYPE, 'malformed-json'],
    ['a constructor in disguise', '{"id":"x","constructor":{"prototype":{"a":1}}}', JSON_TYPE, 'malformed-json'],
    ['text/plain', '{"id":"x"}', 'text/plain', 'wrong-content-type'],
    ['a form', 'id=x', 'application/x-www-form-urlencoded', 'wrong-content-type'],
    ['multipart', 'x', 'multipart/form-data; boundary=x', 'wrong-content-type'],
    ['no type at all', '{"id":"x"}', undefined, 'wrong-content-type'],
    ['nonsense for a type', '{"id":"x"}', 'x', 'wrong-content-type'],
    ['a list', '[]', JSON_TYPE, 'invalid-request'],
    ['a text', '"x"', JSON_TYPE, 'invalid-request'],
    ['nothing, where something is required', undefined, undefined, 'invalid-request'],
    ['a field too many', '{"id":"x","extra":1}', JSON_TYPE, 'invalid-request'],
    ['a number for a text: nothing is guessed', '{"id":1}', JSON_TYPE, 'invalid-request'],
    ['null for a text', '{"id":null}', JSON_TYPE, 'invalid-request'],
    ['too much', JSON.stringify({ id: 'x'.repeat(MAX_BODY_BYTES) }), JSON_TYPE, 'too-large'],
  ];
  it.each(cases)('%s', async (_, payload, type, code) => {
    expectProblem(await post(payload, type), code);
  });

  it('is answered with the name of the field, as `errors` and in `detail`', async () => {
    const answer = await post('{"id":"x","extra":1}', JSON_TYPE);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('extra'), errors: [{ field: 'extra' }] });
  });

  it('is taken up to the last byte of the limit', async () => {
    const room = MAX_BODY_BYTES - '{"id":""}'.length;
    expect((await post(JSON.stringify({ id: 'x'.repeat(room) }), JSON_TYPE)).statusCode).toBe(200);
    expectProblem(await post(JSON.stringify({ id: 'x'.repeat(room + 1) }), JSON_TYPE), 'too-large');
  });

  it('may be missing where all fields are optional', async () => {
    expect((await post(undefined, undefined, '/v1/optional')).json()).toEqual({});
  });
});

describe('an address that leads nowhere', () => {
  it.each(['/v1/nothing', '/v1/things/%zz', `/v1/things/${'x'.repeat(200)}`, '/%00'])('%s', async (url) => {
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBeLessThan(500);
    expectProblem(answer, 'not-found');
    expect(answer.body).not.toContain('%zz');
  });

  it('is answered so for a method that it does not know', async () => {
    expectProblem(await app.inject({ method: 'DELETE', url: '/v1/things' }), 'not-found');
  });
});

describe('an error', () => {
  it('that is a bug is a plain 500 and logged with what it was', async () => {
    thrown = new Error('the secret inside');
    const answer = await app.inject({ url: '/v1/things/token-in-url' });
    expectProblem(answer, 'internal-error');
    expect(answer.body).not.toContain('secret');
    const bug = lines.find(({ msg }) => msg === 'bug');
    expect(bug).toMatchObject({
      level: 50,
      requestId: answer.json().requestId,
      route: '/v1/things/:token',
      err: { message: 'the secret inside' },
    });
  });

  it('that means Redis is away is 503 with a moment to come back, and no bug', async () => {
    thrown = new Error('Command timed out');
    const answer = await app.inject({ url: '/v1/things/token-in-url' });
    expectProblem(answer, 'unavailable');
    expect(answer.headers['retry-after']).toBe(String(answer.json().retryAfterSeconds));
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(3);
    expect(lines.map(({ msg }) => msg)).toEqual(['redis did not confirm', 'request']);
  });
});

describe('every answer', () => {
  it('names its request, is not stored, and says nothing to other sites', async () => {
    const { headers } = await app.inject({ url: '/v1/things/x' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("default-src 'self';connect-src 'self';");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('has a name of ours for its request, whatever the client calls it', async () => {
    const { headers } = await app.inject({ url: '/v1/things/x', headers: { 'x-request-id': 'mine', 'request-id': 'mine' } });
    expect(headers['x-request-id']).not.toBe('mine');
  });

  it('asks for https where that is how phones come', async () => {
    const secure = await createApp({
      log: createLogger('silent'),
      trustProxy: false,
      publicUrl: 'https://b.example',
      observe: () => {},
    });
    const { headers } = await secure.inject({ url: '/' });
    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    // Safari before 15.4 keeps WebSockets from a page whose policy names only 'self'.
    expect(headers['content-security-policy']).toContain("connect-src 'self' wss://b.example;");
    await secure.close();
  });
});

describe('the log', () => {
  it('holds route patterns, never a URL, a token or a note', async () => {
    await app.inject({ url: '/v1/things/secret-token?after=secret-query', headers: { authorization: 'Bearer secret-bearer' } });
    await app.inject({ url: '/nothing/secret-token' });
    await app.inject({ url: '/v1/things/secret-%zz' });
    await post('{"id":"x","note":"secret note","secret-field":1}', JSON_TYPE);
    await post('{"note":"secret', JSON_TYPE);
    expect(lines.filter(({ msg }) => msg === 'request').map(({ route, status }) => [route, status])).toEqual(
      expect.arrayContaining([
        ['/v1/things/:token', 200],
        ['none', 404],
        ['/v1/things', 400],
      ]),
    );
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('is not where numbers come from: each answer is told with its pattern', async () => {
    await app.inject({ url: '/v1/things/x' });
    await app.inject({ url: '/nothing' });
    expect(observed).toEqual([
      ['GET', '/v1/things/:token', 200, expect.any(Number)],
      ['GET', undefined, 404, expect.any(Number)],
    ]);
  });
});
