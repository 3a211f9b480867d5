import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import { LOCALES } from '../contract/people.ts';
import { createPageWorld, ID, ME, type PageWorld, RECOVERY_CODE, STYLE, TOKEN, TRANSFER_CODE } from '../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

const callsOf = (name: string) => world.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('every page', () => {
  const pages = [
    '/',
    '/circles/new',
    `/circles/${ID.circle}`,
    `/circles/${ID.circle}/members/${ID.mum}`,
    `/circles/${ID.circle}/invite`,
    `/join/${TOKEN}`,
    '/welcome',
    '/recover',
    '/alerts',
    '/settings',
    '/offline',
    '/help',
    '/move',
    `/move/${TRANSFER_CODE}`,
    '/moved',
    '/erase',
  ];

  it.each(LOCALES)('is whole in %s: no key and no placeholder is left in it', async (locale) => {
    world.answer({ viewer: async () => ({ person: { ...ME, locale }, sessionId: 's' }) });
    for (const path of pages) {
      const { status, text, headers } = await world.get(path, { headers: { cookie: `lang=${locale}` } });
      expect(status, path).toBe(200);
      const visible = text.replace(/<script type="application\/json".*?<\/script>/s, '');
      expect(visible, path).not.toMatch(
        /\{\w+\}|《|>(home|board|circle|invite|join|welcome|recover|alerts|settings|condition|age|outbox|move|enter|signin|export|erase|help)\.[a-z.-]+</,
      );
      // Only what shows no ruby brings its readings in brackets: titles and choices. What is read aloud brings none.
      const shown = visible.replace(/<(title|option)\b.*?<\/\1>|<rp>.*?<\/rp>| (?!aria-label=)[a-z-]+="[^"]*"/gs, '');
      expect(shown, path).not.toMatch(/\p{Script=Han}\([\p{Script=Hiragana}]+\)/u);
      expect(text, path).toContain(`<html lang="${locale === 'ja-easy' ? 'ja' : locale}"`);
      expect(headers['cache-control'], path).toBe('no-store');
    }
  });

  it('has no inline script, one style sheet that the CSP knows by its hash, and no attribute that runs', async () => {
    for (const path of pages) {
      const { text, headers } = await world.get(path);
      expect(text.match(/<script(?! type="(module|application\/json)")/), path).toBeNull();
      expect(text.match(/ style=| on\w+=/), path).toBeNull();
      expect(text.match(/<style>[^<]*<\/style>/g), path).toEqual([`<style>${STYLE.text}</style>`]);
      expect(headers['content-security-policy'], path).toMatch(new RegExp(`style-src 'self' ${STYLE.source}$`));
    }
  });

  it('says where a form comes from although the header names no referrer', async () => {
    expect((await world.get('/')).text).toContain('<meta name="referrer" content="same-origin"/>');
  });

  it('shows what people wrote as text', async () => {
    const { text } = await world.get(`/circles/${ID.circle}`);
    expect(text).toContain('Mum &lt;3');
    expect(text).not.toContain('<b>roof</b>');
    expect(text).toContain('\\u003cb>roof\\u003c/b>');
  });

  it('is packed where the browser takes that, except where it shows a secret', async () => {
    const headers = { 'accept-encoding': 'gzip, br' };
    expect((await world.get('/', { headers })).headers['content-encoding']).toBe('gzip');
    for (const path of ['/welcome', '/move', `/move/${TRANSFER_CODE}`])
      expect((await world.get(path, { headers })).headers['content-encoding'], path).toBeUndefined();
  });
});

describe('a browser', () => {
  const cookiesOf = async (cookie: string) =>
    (await world.get('/', { headers: { cookie } })).cookies.map(({ name, value }) => `${name}=${value}`);

  it('keeps the language and the country of who is signed in on it, wherever they were chosen', async () => {
    world.answer({ viewer: async () => ({ person: { ...ME, locale: 'vi', country: 'VN' }, sessionId: 's' }) });
    for (const former of ['', 'lang=ja; profile-country=JP'])
      expect(await cookiesOf(former)).toEqual(['lang=vi', 'profile-country=VN']);
    expect(await cookiesOf('lang=vi; profile-country=VN')).toEqual([]);
  });

  it('gives the country that was chosen before signing in up to the profile', async () => {
    expect(await cookiesOf('lang=en; profile-country=JP; country=KR')).toEqual(['country=']);
  });

  it('leaves whoever comes next the language of the person before, and not their country', async () => {
    const headers = { cookie: 'lang=vi; profile-country=VN' };
    const { text, cookies } = await world.get('/help', { signedIn: false, headers });
    expect(text).toContain('<html lang="vi"');
    expect(text).toContain('<option value>');
    expect(text).not.toContain('tel:114');
    expect(cookies).toMatchObject([{ name: 'profile-country', value: '', path: '/', expires: new Date(0) }]);
  });

  it.each(['/start', `/join/${TOKEN}`])(
    'takes for who begins at %s what they chose themselves, and no one else',
    async (path) => {
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      for (const cookie of ['profile-country=VN', 'profile-country=VN; country=KR', 'profile-country=VN; tz=Asia/Tokyo'])
        await world.send('POST', path, { ...form, cookie }, 'nickname=Mum');
      expect(callsOf('createPerson').map((input) => (input as { country?: string }).country)).toEqual([undefined, 'KR', 'JP']);
    },
  );

  it('shows that language and those numbers also while nobody can be recognised', async () => {
    world.answer({ viewer: async () => Promise.reject(new AppError('unavailable')) });
    const { text } = await world.get('/help', { headers: { cookie: 'lang=vi; profile-country=VN; country=KR' } });
    expect(text).toContain('<html lang="vi"');
    expect(text).toContain('tel:114');
  });
});

describe('a page for who is signed in', () => {
  it.each(['/circles/new', `/circles/${ID.circle}`, `/circles/${ID.circle}/invite`, '/settings', '/alerts', '/move', '/erase'])(
    '%s asks to sign in and to come back',
    async (path) => {
      const { status, text } = await world.get(path, { signedIn: false });
      expect(status).toBe(401);
      expect(text).toContain(`/recover?next=${encodeURIComponent(path)}`);
    },
  );

  it.each([
    `/circles/${ID.stranger}`,
    `/circles/${ID.stranger}/invite`,
    '/circles/nonsense',
    `/circles/${ID.circle}/members/${ID.stranger}`,
    '/nothing',
  ])('%s is not found', async (path) => {
    expect((await world.get(path)).status).toBe(404);
  });
});

describe('refusals and failures', () => {
  it('shows a service that is away as such, to whom it cannot recognise', async () => {
    world.answer({ viewer: async () => Promise.reject(new AppError('unavailable', { retryAfterSeconds: 7 })) });
    const { status, headers, text } = await world.get('/');
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('7');
    expect(text).toContain('cannot answer at the moment');
  });

  it('shows a bug as one, with a reference and without its text', async () => {
    world.answer({ listCircles: async () => Promise.reject(new Error('secret text')) });
    const { status, text } = await world.get('/');
    expect(status).toBe(500);
    expect(text).not.toContain('secret text');
    expect(text).toContain('Reference: ');
  });

  it('refuses a form that is too large', async () => {
    expect((await world.post('/statuses', `note=${'x'.repeat(20_000)}`)).status).toBe(413);
  });

  it('leaves the API to answer for itself', async () => {
    const { headers } = await world.get('/v1/nothing');
    expect(headers['content-type']).toContain('application/json');
  });
});

describe('the handover cookie', () => {
  it('shows the recovery code after joining, again after a reload, and never in an address', async () => {
    const joined = await world.post(`/join/${TOKEN}`, 'nickname=Ken&locale=ja', { signedIn: false });
    expect(joined).toMatchObject({ status: 303, headers: { location: '/welcome' } });
    expect(callsOf('createPerson')).toEqual([{ nickname: 'Ken', locale: 'ja', invite: TOKEN }]);
    const handover = joined.cookies.find(({ name }) => name === 'handover');
    expect(handover).toMatchObject({ path: '/welcome', httpOnly: true, sameSite: 'Lax' });
    for (const _ of ['first', 'again']) {
      expect((await world.get('/welcome', { headers: { cookie: `handover=${handover?.value}` } })).text).toContain(RECOVERY_CODE);
    }
    const kept = await world.post('/welcome', `next=/circles/${ID.circle}`);
    expect(kept).toMatchObject({ status: 303, headers: { location: `/circles/${ID.circle}` } });
    expect(kept.cookies.filter(({ name }) => name === 'handover')).toMatchObject([{ value: '', path: '/welcome' }]);
  });

  it.each(['', 'x', Buffer.from('"text"').toString('base64url'), Buffer.from('{"recoveryCode":7}').toString('base64url')])(
    'is nothing when it reads %j',
    async (value) => {
      const { text } = await world.get('/welcome', { headers: { cookie: `handover=${value}` } });
      expect(text).toContain('not shown any more');
    },
  );

  it('goes over https only where that is what phones use', async () => {
    const secure = await createPageWorld('https://buji.example');
    const { cookies } = await secure.post('/start', 'nickname=Ken', { signedIn: false });
    expect(cookies).toMatchObject([{ name: 'handover', secure: true }]);
    await secure.app.close();
  });
});
