import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { BOARD_SINCE_HOURS } from '../../contract/limits.ts';
import type { Delivery } from '../../contract/statuses.ts';
import { CIRCLE, createPageWorld, ID, type PageWorld } from '../../testing/page-world.ts';
import { LAST } from '../../testing/sample-board.ts';

const FORM = `id=0190a0a0-0000-7000-8000-000000000bb0&audience=chosen&circles=${ID.circle}`;
let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

const posted = () => world.calls.filter(({ name }) => name === 'postStatus').map(({ input }) => input);

describe('GET /', () => {
  it('has four buttons, the circles that will see it and the numbers of the rescuers', async () => {
    const { text } = await world.get('/');
    expect(text.match(/name="condition" value="(ok|evacuated|hurt|help)"/g)).toHaveLength(4);
    expect(text).toContain('Family &amp; friends');
    expect(text).toMatch(/sends no rescuers.*tel:119.*tel:110/s);
    expect(text).toContain('shown in 1 circle');
    expect(text).toContain('reached 1 phone · seen by 1 person');
  });

  it('does not reassure by a status that boards count as silence', async () => {
    const writtenAt = new Date(Date.now() - (BOARD_SINCE_HOURS + 1) * 3_600_000).toISOString();
    world.answer({ latestStatus: async () => ({ ...LAST, writtenAt, acceptedAt: writtenAt }) });
    const { text } = await world.get('/');
    const last = text.slice(text.indexOf('class="last-row"'), text.indexOf('</form>'));
    expect(last).toContain('class="badge stale"');
    expect(last).toContain('no longer counts as an answer');
    expect(last).not.toContain('shown in');
    expect(last).toContain(`action="/statuses/${LAST.id}/retract"`);
  });

  it.each([
    ['normal', false],
    ['large', true],
    ['largest', true],
  ])('has its buttons above what may grow where letters are %s: %j', async (size, isFirst) => {
    const { text } = await world.get('/', { headers: { cookie: `session=s; size=${size}` } });
    expect(text.indexOf('id="post-status"') < text.indexOf('id="outbox"')).toBe(isFirst);
    expect(text.indexOf('id="home-title"')).toBeLessThan(text.indexOf('id="post-status"'));
  });

  it('lets choose between circles, and of one that is the only one nothing: its name leads to it', async () => {
    const only = (await world.get('/')).text;
    expect(only).toContain(`<input type="hidden" name="circles" value="${ID.circle}"/>`);
    expect(only).toMatch(new RegExp(`</legend>.*href="/circles/${ID.circle}">Family &amp; friends</a>.*<details`, 's'));
    world.answer({ listCircles: async () => [CIRCLE, { ...CIRCLE, id: ID.stranger, name: 'Class 3B' }] });
    const { text } = await world.get('/');
    expect(text.match(/type="checkbox" name="circles"/g)).toHaveLength(2);
  });

  it('has no button while nobody would see it, and says so', async () => {
    world.answer({ listCircles: async () => [] });
    const { text } = await world.get('/');
    expect(text).not.toContain('name="condition"');
    expect(text).toContain('nobody would see it');
  });

  it('says what this is, and how to start, to whom is not signed in', async () => {
    const { text } = await world.get('/', { signedIn: false, headers: { 'accept-language': 'ja' } });
    expect(text).toContain('無事ですか');
    expect(text).toContain('action="/start"');
  });
});

describe('POST /statuses', () => {
  it('shows the place to the circles that were ticked for it, and leaves the choice out where there was none', async () => {
    const form = `id=${ID.stranger}&condition=ok&place=gym&audience=chosen&circles=${ID.circle}`;
    await world.post('/statuses', `${form}&placeAudience=chosen&placeCircles=${ID.circle}`);
    expect(world.calls.at(-1)?.input).toMatchObject({ place: 'gym', placeCircles: [ID.circle] });
    await world.post('/statuses', `${form}&placeAudience=chosen`);
    expect(world.calls.at(-1)?.input).toMatchObject({ placeCircles: [] });
    await world.post('/statuses', form);
    expect(world.calls.at(-1)?.input).not.toHaveProperty('placeCircles');
  });

  it('posts what was pressed and leads back', async () => {
    const answer = await world.post('/statuses', `${FORM}&condition=ok&note=%20at+school%0D%0Agym%20&place=`);
    expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(posted()).toEqual([
      { id: '0190a0a0-0000-7000-8000-000000000bb0', condition: 'ok', note: 'at school\ngym', circles: [ID.circle] },
    ]);
  });

  it('has one id for each button: a second press is nothing new, another button is', async () => {
    for (const condition of ['ok', 'ok', 'help']) await world.post('/statuses', `${FORM}&condition=${condition}`);
    const [first, second, help] = posted() as { id: string }[];
    expect(second?.id).toBe(first?.id);
    expect(help?.id).not.toBe(first?.id);
  });

  it.each(['', 'condition=fine', `condition=ok&note=${'x'.repeat(141)}`])(
    'refuses %j and gives back what was written',
    async (fields) => {
      const { status, text } = await world.post('/statuses', `${FORM}&place=Sendai&${fields}`);
      expect(status).toBe(400);
      expect(text).toContain('class="refusal"');
      expect(text).toContain('value="Sendai"');
      expect(posted()).toEqual([]);
    },
  );

  it('says of a circle that is gone that it is so, and not that there is nothing here', async () => {
    world.answer({ postStatus: async () => Promise.reject(new AppError('not-found')) });
    const { status, text } = await world.post('/statuses', `${FORM}&condition=ok`);
    expect(status).toBe(404);
    expect(text).toMatch(/role="alert">The circle is gone, or you can no longer write to it\./);
  });

  it('refuses a status for nobody', async () => {
    const { status } = await world.post('/statuses', FORM.replace(/&circles.*/, '&condition=ok'));
    expect(status).toBe(409);
    expect(posted()).toEqual([]);
  });

  it('offers the same status again, under the same id, where the service was not sure', async () => {
    world.answer({ postStatus: async () => Promise.reject(new AppError('unavailable')) });
    const { status, text } = await world.post('/statuses', `${FORM}&condition=help&note=roof&person=${ID.me}`);
    expect(status).toBe(503);
    for (const field of [
      'name="id" value="0190a0a0-0000-7000-8000-000000000bb0"',
      'name="condition" value="help"',
      'name="note" value="roof"',
      `name="circles" value="${ID.circle}"`,
      `name="person" value="${ID.me}"`,
    ]) {
      expect(text).toContain(`<input type="hidden" ${field}/>`);
    }
  });

  it("posts nothing for a form that stood on another person's page", async () => {
    expect((await world.get('/')).text).toContain(`name="person" value="${ID.me}"`);
    const { status, text } = await world.post('/statuses', `${FORM}&condition=help&person=${ID.mum}`);
    expect(status).toBe(401);
    expect(text).toContain('Ken is signed in on this phone now');
    expect(posted()).toEqual([]);
    await world.post('/statuses', `${FORM}&condition=help&person=${ID.me}`);
    expect(posted()).toHaveLength(1);
  });

  it('is for who is signed in', async () => {
    expect((await world.post('/statuses', `${FORM}&condition=ok`, { signedIn: false })).status).toBe(401);
  });
});

describe('POST /statuses/:id/retract', () => {
  it('takes back, leads where it was asked from, and is harmless twice', async () => {
    const back = `back=/circles/${ID.circle}`;
    expect(await world.post(`/statuses/${ID.status}/retract`, back)).toMatchObject({
      status: 303,
      headers: { location: `/circles/${ID.circle}` },
    });
    world.answer({ retractStatus: async () => Promise.reject(new AppError('not-found')) });
    expect((await world.post(`/statuses/${ID.status}/retract`, 'back=//evil.example')).headers['location']).toBe('/');
  });
});

describe('a call for help that no phone has confirmed', () => {
  const help = (seconds: number, more: Partial<Delivery> = {}) => {
    const at = new Date(Date.now() - seconds * 1_000).toISOString();
    const delivery = { boards: 1, alerted: 1, reached: 0, seen: 0, ...more };
    const status = { ...LAST, condition: 'help' as const, writtenAt: at, acceptedAt: at, delivery };
    world.answer({ latestStatus: async () => status });
    return world.get('/');
  };

  it('tells after a minute whom to call, until somebody is known to have heard it', async () => {
    expect((await help(61)).text).toMatch(/href="tel:119"[^>]*>No phone has confirmed this yet\. Call 119\./);
    for (const answer of [help(30), help(61, { reached: 1 }), help(61, { seen: 1 })]) {
      expect((await answer).text).not.toContain('class="button unconfirmed"');
    }
  });
});
