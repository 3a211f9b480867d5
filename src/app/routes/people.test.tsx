import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { createPageWorld, ID, ME, type PageWorld, RECOVERY_CODE, TRANSFER_CODE } from '../../testing/page-world.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

describe('POST /start', () => {
  it('makes a person in the language chosen and shows the recovery code', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: 'tz=Asia/Tokyo' };
    const answer = await world.send('POST', '/start', headers, 'nickname=Ken&locale=ja-easy');
    expect(answer).toMatchObject({ status: 303, headers: { location: '/welcome' } });
    expect(world.calls.at(-1)).toEqual({ name: 'createPerson', input: { nickname: 'Ken', locale: 'ja-easy', country: 'JP' } });
  });

  it('sends the key along that came with the start page, which is gone when somebody was made', async () => {
    const page = await world.get('/', { signedIn: false });
    const { value = '' } = page.cookies.find(({ name }) => name === 'attempt') ?? {};
    expect(page.text).not.toContain(value);
    const send = () => world.send('POST', '/start', { ...FORM, cookie: `attempt=${value}` }, 'nickname=Ken');
    world.answer({ createPerson: async () => Promise.reject(new AppError('registration-by-invite')) });
    expect((await send()).cookies).toEqual([]);
    world.answer({ createPerson: async () => Promise.reject(new AppError('id-taken')) });
    const refused = await send();
    expect(refused.text).toContain('press the button once more');
    expect(refused.cookies).toMatchObject([{ name: 'attempt', value: expect.not.stringContaining(value) }]);
    world.answer({ createPerson: async () => ({ person: ME, recoveryCode: RECOVERY_CODE, circles: [] }) });
    expect((await send()).cookies).toMatchObject([{ name: 'attempt', value: '' }, { name: 'handover' }]);
    expect(world.calls.at(-1)).toMatchObject({ name: 'createPerson', input: { nickname: 'Ken', attempt: value } });
    expect((await world.get('/')).cookies.map(({ name }) => name)).not.toContain('attempt');
  });

  it('makes nobody twice: who is signed in already is led home', async () => {
    expect(await world.post('/start', 'nickname=Ken')).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(world.calls.map(({ name }) => name)).toEqual(['viewer']);
  });

  it('says why in its form, with what was written', async () => {
    world.answer({ createPerson: async () => Promise.reject(new AppError('registration-by-invite')) });
    const { status, text } = await world.post('/start', 'nickname=Ken', { signedIn: false });
    expect(status).toBe(403);
    expect(text).toContain('only start with an invite');
    expect(text).toContain('value="Ken"');
  });
});

describe('POST /recover', () => {
  it('signs in, shows the new code, and then leads on', async () => {
    const answer = await world.post('/recover', `recoveryCode=${RECOVERY_CODE}&next=/settings`, { signedIn: false });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/welcome' } });
    const handover = answer.cookies.find(({ name }) => name === 'handover');
    const { text } = await world.get('/welcome', { headers: { cookie: `handover=${handover?.value}` } });
    expect(text).toContain('name="next" value="/settings"');
  });

  it.each(['', 'recoveryCode=short', `recoveryCode=${RECOVERY_CODE}`])('says in words that %j is not right', async (form) => {
    world.answer({ signIn: async () => Promise.reject(new AppError('code-not-valid')) });
    const { status, text } = await world.post('/recover', form, { signedIn: false });
    expect(status).toBe(401);
    expect(text).toContain('check each letter');
  });

  it('takes the code of another phone in the same field, after which there is no new code to keep', async () => {
    const typed = TRANSFER_CODE.toLowerCase().replaceAll('-', ' ');
    const answer = await world.post('/recover', `recoveryCode=${typed}&next=/settings`, { signedIn: false });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/settings' } });
    expect(world.calls.at(-1)).toEqual({ name: 'signIn', input: { transferCode: typed } });
    const home = await world.post('/recover', `recoveryCode=${typed}&next=/`, { signedIn: false });
    expect(home.headers['location']).toBe('/moved');
  });

  it('says who is signed in here already', async () => {
    expect((await world.get('/recover')).text).toContain('This phone is signed in as Ken');
    expect((await world.get('/recover', { signedIn: false })).text).not.toContain('is signed in as');
  });

  it('leads to no other site afterwards', async () => {
    expect((await world.get('/recover?next=https://evil.example/')).text).toContain('name="next" value="/"');
  });
});

describe('POST /recovery-code', () => {
  it('shows another code as the first one was shown, and then leads back', async () => {
    const { status, headers, cookies } = await world.post('/recovery-code');
    expect([status, headers['location']]).toEqual([303, '/welcome']);
    const { value } = cookies.find(({ name }) => name === 'handover') ?? {};
    const { text } = await world.get('/welcome', { headers: { cookie: `handover=${value}` } });
    expect(text).toContain(RECOVERY_CODE);
    expect(text).toContain('name="next" value="/settings"');
    expect((await world.post('/recovery-code', '', { signedIn: false })).status).toBe(401);
    // Kept: only now may the one before end.
    expect(world.calls.map(({ name }) => name)).not.toContain('keepRecoveryCode');
    await world.send('POST', '/welcome', { cookie: `session=1; handover=${value}` });
    expect(world.calls.at(-1)).toEqual({ name: 'keepRecoveryCode', input: RECOVERY_CODE });
  });

  it('shows it to nobody else on the same phone', async () => {
    const welcome = { person: ID.stranger, recoveryCode: RECOVERY_CODE, next: '/settings' };
    const cookie = `handover=${Buffer.from(JSON.stringify(welcome)).toString('base64url')}`;
    for (const signedIn of [true, false]) {
      expect((await world.get('/welcome', { signedIn, headers: { cookie } })).text).not.toContain(RECOVERY_CODE);
      expect((await world.get('/welcome/buji-code.txt', { signedIn, headers: { cookie } })).text).not.toContain(RECOVERY_CODE);
    }
    await world.send('POST', '/welcome', { cookie: `session=1; ${cookie}` });
    expect(world.calls.map(({ name }) => name)).not.toContain('keepRecoveryCode');
  });
});

describe('the file of the recovery code', () => {
  it('is saved by a plain link, with whose it is and what for', async () => {
    const { cookies } = await world.post('/start', 'nickname=Ken', { signedIn: false });
    const cookie = `handover=${cookies.find(({ name }) => name === 'handover')?.value}`;
    expect((await world.get('/welcome', { headers: { cookie } })).text).toContain('href="/welcome/buji-code.txt"');
    const { status, text, headers } = await world.get('/welcome/buji-code.txt', { headers: { cookie } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="buji-code.txt"',
      'cache-control': 'no-store',
    });
    for (const part of ['Ken', RECOVERY_CODE, 'http://localhost']) expect(text).toContain(part);
  });

  it('is gone with the code', async () => {
    expect((await world.get('/welcome/buji-code.txt')).status).toBe(404);
    expect((await world.get('/welcome/buji-code.txt', { signedIn: false })).status).toBe(401);
  });
});
