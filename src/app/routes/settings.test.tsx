import { beforeEach, describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../contract/people.ts';
import { isReviewed } from '../../i18n/translate.ts';
import { createPageWorld, ID, ME, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

describe('POST /language', () => {
  it('changes the person’s language and the browser’s, and stays on the page', async () => {
    const answer = await world.post('/language', 'locale=ja-easy&back=/settings');
    expect(answer).toMatchObject({ status: 303, headers: { location: '/settings' } });
    expect(world.calls.at(-1)).toEqual({ name: 'changePerson', input: { locale: 'ja-easy' } });
    expect(answer.cookies.filter(({ name }) => name === 'lang')).toMatchObject([{ value: 'ja-easy', path: '/' }]);
  });

  it('works for who is not signed in', async () => {
    const answer = await world.post('/language', 'locale=ja', { signedIn: false });
    expect(answer.status).toBe(303);
    const { text } = await world.get('/', { signedIn: false, headers: { cookie: 'lang=ja', 'accept-language': 'en' } });
    expect(text).toContain('<html lang="ja"');
  });

  it('refuses a language that there is not', async () => {
    expect((await world.post('/language', 'locale=tlh')).status).toBe(400);
  });
});

describe('POST /settings', () => {
  it('changes nickname, language and country', async () => {
    expect(await world.post('/settings', 'nickname=Kenny&locale=en&country=US')).toMatchObject({
      status: 303,
      headers: { location: '/settings' },
    });
    expect(world.calls.at(-1)).toEqual({ name: 'changePerson', input: { nickname: 'Kenny', locale: 'en', country: 'US' } });
    const { text } = await world.get('/settings');
    for (const href of ['/move', '/v1/me/export', '/erase']) expect(text).toContain(`href="${href}"`);
    // What is looked for in need comes before what is set once.
    expect(text.indexOf('href="/move"')).toBeLessThan(text.indexOf('action="/settings/footprints"'));
  });

  it.each([`nickname=${'x'.repeat(31)}`, 'country=Japan', 'locale=xx', ''])('refuses %j', async (form) => {
    expect((await world.post('/settings', form)).status).toBe(400);
    expect(world.calls.map(({ name }) => name)).not.toContain('changePerson');
  });
});

describe('GET /settings', () => {
  it('says to whoever reads a translation that no native speaker has checked it, and not of English', async () => {
    const look = async (locale: Locale) => {
      world.answer({ viewer: async () => ({ person: { ...ME, locale }, sessionId: 's' }) });
      return (await world.get('/settings')).text;
    };
    for (const locale of LOCALES) {
      const isSaid = (await look(locale)).includes('<small class="faint">');
      expect(isSaid, locale).toBe(!isReviewed(locale));
    }
  });
});

describe('GET /alerts', () => {
  const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0';

  it('leads to a code for the installed app where that shares nothing with the browser, beside its steps', async () => {
    const agent = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${APPLE} Mobile/15E148 Safari/604.1`;
    const { text } = await world.get('/alerts', { headers: { 'user-agent': agent } });
    const steps = text.split('<details').slice(1);
    expect(steps[0]).toMatch(/^ open>.*Add to Home Screen.*The installed app has a memory of its own.*href="\/move"/);
    const apart = steps.filter((step) => step.includes('href="/move"'));
    expect(apart.map((step) => /<summary>([^<]*)/.exec(step)?.[1]?.trim())).toEqual([
      'iPhone, iPad: Safari',
      'iPhone, iPad: Chrome, Edge, Firefox',
      'Mac: Safari',
    ]);
  });

  it('leads out of the own browser of an app, with a code first, and calls no steps those of this browser', async () => {
    const look = (says: string) => world.get('/alerts', { headers: { 'user-agent': `Mozilla/5.0 (iPhone) ${APPLE} ${says}` } });
    const { text: inLine } = await look('Line/15.12.1');
    expect(inLine).toMatch(/No alerts come inside LINE.*href="\/move".*href="\/alerts\?openExternalBrowser=1">Open in Safari</);
    const { text: inFacebook } = await look('[FBAN/FBIOS;FBAV/480.0.0]');
    expect(inFacebook).toMatch(/No alerts come inside Facebook.*Open in external browser/);
    expect(inFacebook).not.toContain('openExternalBrowser');
    for (const text of [inLine, inFacebook]) expect(text).not.toMatch(/this browser<|<details open/);
    expect((await look('Safari/604.1')).text).not.toContain('id="outside"');
  });
});

describe('signing out', () => {
  it('ends this session and leads home', async () => {
    expect(await world.post('/sign-out')).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(world.calls.map(({ name }) => name)).toEqual(['viewer', 'signOut']);
    expect((await world.post('/sign-out', '', { signedIn: false })).status).toBe(303);
  });

  it('ends another device', async () => {
    expect((await world.post(`/devices/${ID.stranger}/sign-out`)).status).toBe(303);
    expect(world.calls.at(-1)).toEqual({ name: 'signOutDevice', input: ID.stranger });
  });

  it('ends this session, as the form for that does, where the device that is named is this one', async () => {
    world.answer({ viewer: async () => ({ person: ME, sessionId: ID.stranger }) });
    expect(await world.post(`/devices/${ID.stranger}/sign-out`)).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(world.calls.map(({ name }) => name)).toEqual(['viewer', 'signOut']);
  });
});

describe('a device that has signed in since', () => {
  it('is named until it was seen', async () => {
    expect((await world.get('/settings')).text).not.toContain('action="/devices/known"');
    const at = '2026-03-11T05:52:10.000Z';
    world.answer({
      listNewDevices: async () => [
        { id: ID.stranger, name: 'Firefox <Linux>', at },
        { id: ID.mum, name: 'Chrome', at },
      ],
    });
    const { text } = await world.get('/settings');
    expect(text).toMatch(
      /action="\/devices\/known".*A new device has signed in as you.*Firefox &lt;Linux>, .*Chrome, .*I have seen/s,
    );
    expect((await world.get('/')).text).toMatch(/href="\/settings#devices"><span>A new device has signed in as you</);
    // What came after this page was written was not on it.
    expect(await world.post('/devices/known', `newest=${ID.stranger}`)).toMatchObject({ status: 303 });
    expect(world.calls.at(-1)).toEqual({ name: 'noteNewDevicesSeen', input: ID.stranger });
    expect((await world.post('/devices/known', 'newest=x')).status).toBe(404);
  });
});

describe('POST /settings/footprints', () => {
  it('turns footprints off altogether, and in the circles that are not chosen, changing nothing that is so', async () => {
    expect((await world.get('/settings')).text).toMatch(/name="footprints"[^>]*checked/);
    expect(await world.post('/settings/footprints', '')).toMatchObject({ status: 303, headers: { location: '/settings' } });
    expect(world.calls.filter(({ name }) => name.startsWith('change'))).toEqual([
      { name: 'changePerson', input: { footprints: false } },
      { name: 'changeMember', input: { footprints: false } },
    ]);
    world.calls.length = 0;
    await world.post('/settings/footprints', `footprints=on&circles=${ID.circle}`);
    expect(world.calls.filter(({ name }) => name.startsWith('change'))).toEqual([
      { name: 'changePerson', input: { footprints: true } },
    ]);
  });
});
