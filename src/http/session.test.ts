import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../platform/logger.ts';
import { openStoreWorld } from '../testing/store-world.ts';
import { type App, createApp } from './app.ts';
import { authenticateUpgrade, clearSessionCookie, sessionCookieName, sessionPlugin, setSessionCookie } from './session.ts';

const world = openStoreWorld('session');
const { sessions } = world.stores;
const HTTPS = 'https://buji.example';
const clock = { now: new Date() };
const now = () => clock.now;

async function openApp(publicUrl: string | null): Promise<App> {
  const app = await createApp({ log: createLogger('silent'), trustProxy: false, publicUrl, observe: () => undefined });
  await app.register(sessionPlugin, { sessions, publicUrl, now });
  app.get('/me', { config: { signIn: true } }, async ({ signedIn }) => signedIn);
  app.post('/change', { config: { signIn: true } }, async ({ signedIn }) => signedIn);
  app.post('/open', async () => ({ ok: true }));
  app.get('/sign-in', async (_, reply) => {
    setSessionCookie(reply, 'x'.repeat(43), publicUrl);
    return {};
  });
  app.get('/sign-out', async (_, reply) => {
    clearSessionCookie(reply, publicUrl);
    return {};
  });
  return app;
}

let plain: App;
let secure: App;
let person: string;
let token: string;
let session: string;
beforeAll(async () => {
  plain = await openApp(null);
  secure = await openApp(HTTPS);
});
beforeEach(async () => {
  clock.now = new Date();
  person = uuidv7();
  const created = await sessions.create(person, '?', now());
  token = created.token;
  session = created.session.id;
});
afterAll(async () => {
  await Promise.all([plain.close(), secure.close()]);
  await world.close();
});

describe('signing in a request', () => {
  it('goes by Bearer token or by cookie, whose name depends on https', async () => {
    const who = { person, session };
    const get = (app: App, headers: Record<string, string>) => app.inject({ url: '/me', headers });
    expect((await get(plain, { authorization: `Bearer ${token}` })).json()).toEqual(who);
    expect((await get(plain, { cookie: `session=${token}` })).json()).toEqual(who);
    expect((await get(secure, { cookie: `__Host-session=${token}` })).json()).toEqual(who);
    expect((await get(secure, { cookie: `session=${token}` })).statusCode).toBe(401);
    expect((await get(plain, { cookie: `__Host-session=${token}` })).statusCode).toBe(401);
  });

  it.each([
    ['nothing', () => ({})],
    ['a token of nobody', () => ({ authorization: `Bearer ${'x'.repeat(43)}` })],
    ['an empty token', () => ({ authorization: 'Bearer ' })],
    ['something that cannot be a token', () => ({ authorization: `Bearer ${'x'.repeat(5_000)}` })],
    ['another scheme', () => ({ authorization: `Basic ${token}` })],
    ['a token with more behind it', () => ({ authorization: `Bearer ${token} x` })],
    ['a stale cookie', () => ({ cookie: 'session=abc' })],
    ['a cookie that is no cookie', () => ({ cookie: ';;=;session' })],
  ])('is refused by %s', async (_, headers: () => Record<string, string>) => {
    const answer = await plain.inject({ url: '/me', headers: headers() });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'not-signed-in']);
  });

  it('is for whom the request says that it is, and for nobody else', async () => {
    const cookie = `session=${token}`;
    const ask = (whose: string) => plain.inject({ url: '/me', headers: { cookie, 'x-person': whose } });
    expect((await ask(person)).json()).toEqual({ person, session });
    for (const whose of [uuidv7(), '', `${person}, ${person}`]) {
      const answer = await ask(whose);
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'not-signed-in']);
    }
  });

  it('ends with the session', async () => {
    await sessions.end(person, session);
    expect((await plain.inject({ url: '/me', headers: { cookie: `session=${token}` } })).statusCode).toBe(401);
  });
});

describe('the cookie', () => {
  it('is kept from scripts, from other sites and, on https, from plain http', async () => {
    const of = async (app: App, url: string) => String((await app.inject({ url })).headers['set-cookie']);
    expect(await of(plain, '/sign-in')).toBe(`session=${'x'.repeat(43)}; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax`);
    expect(await of(secure, '/sign-in')).toBe(
      `__Host-session=${'x'.repeat(43)}; Max-Age=34560000; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(await of(secure, '/sign-out')).toMatch(/^__Host-session=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
  });

  it('slides on with the session, once an hour', async () => {
    const use = async (headers: Record<string, string>) => (await plain.inject({ url: '/me', headers })).headers['set-cookie'];
    const cookie = `session=${token}`;
    expect(await use({ cookie })).toBeUndefined();
    clock.now = new Date(clock.now.getTime() + 3_600_001);
    expect(await use({ cookie })).toContain(`session=${token}; Max-Age=34560000`);
    expect(await use({ cookie })).toBeUndefined();
    clock.now = new Date(clock.now.getTime() + 3_600_001);
    expect(await use({ authorization: `Bearer ${token}` })).toBeUndefined();
  });

  it('has a name that a browser ties to this host only where it can', () => {
    expect([sessionCookieName(null), sessionCookieName('http://x'), sessionCookieName(HTTPS)]).toEqual([
      'session',
      'session',
      '__Host-session',
    ]);
  });
});

describe('a change from a foreign origin', () => {
  it('is refused before anything is looked up, signed in or not', async () => {
    const foreign = { origin: 'https://evil.example', host: 'localhost' };
    for (const [url, headers] of [
      ['/change', { ...foreign, cookie: `session=${token}` }],
      ['/open', foreign],
      ['/nothing', foreign],
    ] as const) {
      const answer = await plain.inject({ method: 'POST', url, headers });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'foreign-origin']);
      expect(answer.headers['x-request-id']).toBeDefined();
    }
  });

  it('is none when it comes from our own page, or from no browser', async () => {
    const post = (headers: Record<string, string>) => plain.inject({ method: 'POST', url: '/change', headers });
    expect((await post({ cookie: `session=${token}`, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
    expect((await post({ authorization: `Bearer ${token}` })).statusCode).toBe(200);
  });
});

describe('authenticateUpgrade', () => {
  const parseCookie = (header: string) => parse(header, '; ') as Record<string, string>;
  const ask = (headers: Record<string, string>, publicUrl: string | null = null) =>
    authenticateUpgrade({ headers: { host: 'buji.example', ...headers } } as unknown as IncomingMessage, parseCookie, {
      sessions,
      publicUrl,
      now,
    });

  it('takes a Bearer token from anywhere, and a cookie only from a page of our own', async () => {
    const who = { person, session };
    const cookie = `session=${token}`;
    expect(await ask({ authorization: `Bearer ${token}`, origin: 'https://other.example' })).toEqual(who);
    expect(await ask({ cookie, origin: 'http://buji.example' })).toEqual(who);
    expect(await ask({ cookie: `__Host-${cookie}`, origin: HTTPS }, HTTPS)).toEqual(who);
    expect(await ask({ cookie, origin: 'https://evil.example' })).toBe('foreign-origin');
    expect(await ask({ cookie })).toBe('foreign-origin');
  });

  it('refuses whoever is not signed in', async () => {
    expect(await ask({})).toBe('not-signed-in');
    expect(await ask({ authorization: `Bearer ${'x'.repeat(43)}` })).toBe('not-signed-in');
    expect(await ask({ cookie: 'session=stale', origin: 'http://buji.example' })).toBe('not-signed-in');
  });
});
