import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { createPageWorld, ID, type PageWorld, TOKEN } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

describe('GET /join/:token', () => {
  it('shows which circle it is and who invites, and changes nothing', async () => {
    const { status, text } = await world.get(`/join/${TOKEN}`, { signedIn: false });
    expect(status).toBe(200);
    expect(text).toContain('Join Family &amp; friends?');
    expect(text).toContain('Mum &lt;3 invites you.');
    expect(world.calls.map(({ name }) => name)).toEqual(['viewer', 'previewInvite']);
  });

  it('offers the phone’s own browser first inside of an app, to who is not known there', async () => {
    const headers = {
      'user-agent': 'Mozilla/5.0 (Linux; Android 14; wv) Chrome/130.0.0.0 Mobile Safari/537.36 Line/14.19.2/IAB',
    };
    const look = async (signedIn: boolean) => (await world.get(`/join/${TOKEN}`, { signedIn, headers })).text;
    const text = await look(false);
    expect(text).toContain('You are inside LINE.');
    expect(text.indexOf(`href="/join/${TOKEN}?openExternalBrowser=1"`)).toBeGreaterThan(0);
    expect(text.indexOf('openExternalBrowser')).toBeLessThan(text.indexOf(`action="/join/${TOKEN}"`));
    expect(await look(true)).not.toContain('id="outside"');
    expect((await world.get(`/join/${TOKEN}`, { signedIn: false })).text).not.toContain('id="outside"');
  });

  it.each(['invite-expired', 'invite-used-up', 'not-found'] as const)('says so where it is %s', async (code) => {
    world.answer({ previewInvite: async () => Promise.reject(new AppError(code)) });
    const { status, text } = await world.get(`/join/${TOKEN}`);
    expect(status).toBe(code === 'not-found' ? 404 : 410);
    expect(text).toContain('This link does not work');
    expect(text).not.toContain('<form method="post" action="/join');
  });

  it('does not ask the service about what is no token', async () => {
    expect((await world.get('/join/%3Cscript%3E')).status).toBe(404);
    expect(world.calls.map(({ name }) => name)).not.toContain('previewInvite');
  });
});

describe('POST /join/:token', () => {
  it('joins as who is signed in', async () => {
    expect(await world.post(`/join/${TOKEN}`, 'nickname=Kenny')).toMatchObject({
      status: 303,
      headers: { location: `/circles/${ID.circle}` },
    });
    expect(world.calls.at(-1)).toEqual({ name: 'acceptInvite', input: { nickname: 'Kenny' } });
  });

  it('makes no second person of who was signed in when the page was opened, and leads them back in', async () => {
    const { status, text } = await world.post(`/join/${TOKEN}`, `person=${ID.me}&nickname=Ken`, { signedIn: false });
    expect(status).toBe(401);
    expect(text).toContain(`href="/recover?next=${encodeURIComponent(`/join/${TOKEN}`)}"`);
    expect(world.calls.map(({ name }) => name)).not.toContain('createPerson');
  });

  it('sends the key along that came with its page, to whoever is nobody yet', async () => {
    const page = await world.get(`/join/${TOKEN}`, { signedIn: false });
    const { value = '' } = page.cookies.find(({ name }) => name === 'attempt') ?? {};
    expect(page.text).not.toContain(value);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: `attempt=${value}` };
    const { cookies } = await world.send('POST', `/join/${TOKEN}`, headers, 'nickname=Ken');
    expect(world.calls.at(-1)).toMatchObject({ name: 'createPerson', input: { nickname: 'Ken', attempt: value } });
    expect(cookies.find(({ name }) => name === 'attempt')?.value).toBe('');
    expect((await world.get(`/join/${TOKEN}`)).cookies.map(({ name }) => name)).not.toContain('attempt');
  });

  it('tells somebody new that they are in, before it asks them to keep a code', async () => {
    const { headers, cookies } = await world.post(`/join/${TOKEN}`, 'nickname=Ken', { signedIn: false });
    expect(headers['location']).toBe('/welcome');
    const cookie = `handover=${cookies.find(({ name }) => name === 'handover')?.value}`;
    expect((await world.get('/welcome', { headers: { cookie } })).text).toMatch(/You are in .*\.<\/p><h1>/);
  });

  it.each(['nickname=', `nickname=${'x'.repeat(31)}`, 'nickname=Ken&locale=xx'])('makes nobody of %j', async (form) => {
    const { status, text } = await world.post(`/join/${TOKEN}`, form, { signedIn: false });
    expect(status).toBe(400);
    expect(text).toContain('class="refusal"');
    expect(world.calls.map(({ name }) => name)).not.toContain('createPerson');
  });

  it('says when the circle is full', async () => {
    world.answer({ acceptInvite: async () => Promise.reject(new AppError('circle-full')) });
    const { status, text } = await world.post(`/join/${TOKEN}`, 'nickname=Ken');
    expect(status).toBe(409);
    expect(text).toContain('This circle is full');
  });
});
