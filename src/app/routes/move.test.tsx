import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { LOCALES } from '../../contract/people.ts';
import { findMessage } from '../../i18n/translate.ts';
import { createPageWorld, ID, ME, type PageWorld, TRANSFER_CODE } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});
const namesOfCalls = () => world.calls.map(({ name }) => name);

describe('/move', () => {
  it('makes a code by a form, and shows it with its link and a QR code, again after a reload', async () => {
    const answer = await world.post('/move');
    expect(answer).toMatchObject({ status: 303, headers: { location: '/move' } });
    const handover = answer.cookies.find(({ name }) => name === 'handover');
    expect(handover).toMatchObject({ path: '/move', httpOnly: true });
    for (const _ of ['first', 'again']) {
      const { text } = await world.get('/move', { headers: { cookie: `handover=${handover?.value}` } });
      expect(text).toContain(`>${TRANSFER_CODE}</code>`);
      expect(text).toContain(`value="http://buji.test/move/${TRANSFER_CODE}"`);
      expect(text).toMatch(/class="qr"[^>]*><svg/);
    }
    expect(namesOfCalls().filter((name) => name === 'createTransferCode')).toHaveLength(1);
  });

  it('shows a code to nobody but whom it was made for', async () => {
    const { cookies } = await world.post('/move');
    const cookie = `handover=${cookies.find(({ name }) => name === 'handover')?.value}`;
    world.answer({ viewer: async () => ({ person: { ...ME, id: ID.mum }, sessionId: 's' }) });
    expect((await world.get('/move', { headers: { cookie } })).text).not.toContain(TRANSFER_CODE);
  });

  it.each(['', 'x', Buffer.from('{"url":"javascript:1"}').toString('base64url')])('makes none by looking: %j', async (value) => {
    const { status, text } = await world.get('/move', { headers: { cookie: `handover=${value}` } });
    expect(status).toBe(200);
    expect(text).not.toContain('class="qr"');
    expect(namesOfCalls()).not.toContain('createTransferCode');
  });
});

describe('/move/:code', () => {
  const path = `/move/${TRANSFER_CODE}`;
  const somebodyElse = () => world.answer({ previewTransfer: async () => ({ ...ME, id: ID.mum, nickname: 'Mum' }) });

  it('uses nothing up when it is looked at: link previews do that', async () => {
    const { status, text } = await world.get(path, { signedIn: false });
    expect(status).toBe(200);
    expect(text).toContain('Sign in as Ken');
    expect(namesOfCalls()).not.toContain('signIn');
  });

  it('signs in by its button', async () => {
    expect(await world.post(path, '', { signedIn: false })).toMatchObject({ status: 303, headers: { location: '/moved' } });
    expect(world.calls.at(-1)).toEqual({ name: 'signIn', input: { transferCode: TRANSFER_CODE } });
    const { text } = await world.get('/moved');
    expect(text).toMatch(/signed in here as Ken.*Alerts do not come along.*href="\/alerts"/s);
    expect((await world.get('/moved', { signedIn: false })).status).toBe(401);
  });

  it('says who is signed in here already, and asks', async () => {
    somebodyElse();
    const { text } = await world.get(path);
    expect(text).toContain('This phone is signed in as Ken');
    expect(text).toContain('Sign in as Mum');
    expect(text).toContain('Stay signed in as Ken');
    expect((await world.post(path)).status).toBe(303);
    expect(namesOfCalls()).toContain('signIn');
  });

  it('leaves the code for the other phone where the same person is signed in', async () => {
    const { text } = await world.get(path);
    expect(text).toContain('already');
    expect(text).not.toContain(`action="${path}"`);
    expect((await world.post(path)).status).toBe(303);
    expect(namesOfCalls()).not.toContain('signIn');
  });

  it.each(['/move/AAAA-BBBB-CCCC-0000', '/move/x', '/move/%3Cb%3E'])(
    '%s says the same of every code that does not work',
    async (gone) => {
      for (const answer of [await world.get(gone, { signedIn: false }), await world.post(gone, '', { signedIn: false })]) {
        expect(answer.status).toBe(401);
        expect(answer.text).toContain('This code does not work any more');
      }
      expect(namesOfCalls()).not.toContain('signIn');
    },
  );

  it('says so where no further device is possible, with the button still there', async () => {
    world.answer({ signIn: async () => Promise.reject(new AppError('too-many-sessions')) });
    const { status, text } = await world.post(path, '', { signedIn: false });
    expect(status).toBe(409);
    expect(text).toContain('too many devices');
    expect(text).toContain(`action="${path}"`);
  });
});

describe('the words for moving', () => {
  const PHONE = /phone|端末|スマホ|手机|手機|휴대전화|기기|điện thoại|celular|tel[eé]fono|telepono|ponsel|फोन/;

  it.each(LOCALES)('are as true of the app on the home screen of the same phone (%s)', (locale) => {
    for (const key of ['signin.hint', 'enter.same', 'enter.gone.text', 'moved.as', 'moved.alerts'] as const) {
      expect(findMessage(locale, key), key).not.toMatch(PHONE);
    }
    expect(findMessage(locale, 'move.explain')).toMatch(PHONE);
    for (const key of ['move.explain', 'move.type'] as const) expect(findMessage(locale, key), key).toContain('Buji');
  });
});
