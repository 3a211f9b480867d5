import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { CIRCLE, createPageWorld, ID, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

describe('GET /circles', () => {
  const lead = async (signedIn = true) => (await world.get('/circles', { signedIn })).headers['location'];

  it('leads to the one board there is, else to the list, and a stranger to the start', async () => {
    expect(await lead()).toBe(`/circles/${ID.circle}`);
    world.answer({ listCircles: async () => [CIRCLE, { ...CIRCLE, id: ID.stranger }] });
    expect(await lead()).toBe('/#circles-title');
    expect((await world.get('/')).text).toContain('id="circles-title"');
    world.answer({ listCircles: async () => [] });
    expect(await lead()).toBe('/#circles-title');
    expect(await lead(false)).toBe('/');
  });
});

describe('POST /circles', () => {
  it('makes a circle and goes on to inviting', async () => {
    const answer = await world.post('/circles', 'name=+Family+&kind=family');
    expect(answer).toMatchObject({ status: 303, headers: { location: `/circles/${ID.circle}/invite` } });
    expect(world.calls.at(-1)).toEqual({ name: 'createCircle', input: { name: 'Family', kind: 'family' } });
  });

  it.each(['name=&kind=family', 'name=Family&kind=club', `name=${'x'.repeat(41)}&kind=family`])(
    'refuses %j in its form',
    async (form) => {
      const { status, text } = await world.post('/circles', form);
      expect(status).toBe(400);
      expect(text).toContain('class="refusal"');
    },
  );

  it('says when there are too many', async () => {
    world.answer({ createCircle: async () => Promise.reject(new AppError('too-many-circles')) });
    const { status, text } = await world.post('/circles', 'name=Family&kind=work');
    expect(status).toBe(409);
    expect(text).toContain('as many circles as possible');
    expect(text).toContain('value="Family"');
    expect(text).toMatch(/value="work" checked/);
  });
});

describe('GET /circles/:id', () => {
  it('shows the counts first and whom to look after before whom is well', async () => {
    const { text } = await world.get(`/circles/${ID.circle}`);
    expect(text.indexOf('class="counts"')).toBeLessThan(text.indexOf('class="rows"'));
    expect(text.indexOf('Needs help')).toBeLessThan(text.indexOf('No answer yet'));
    expect(text).toContain(`/circles/${ID.circle}/members/${ID.mum}`);
  });
});
