import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { createPageWorld, ID, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});
const numbersIn = (text: string) => [...text.matchAll(/href="tel:(\d+)"/g)].map((match) => match[1]);
const look = async (cookie: string, language = 'en') => {
  const { text } = await world.get('/help', { signedIn: false, headers: { cookie, 'accept-language': language } });
  return numbersIn(text);
};

describe('GET /help', () => {
  it('has the numbers of the country chosen here, else of the phone’s time zone, else of the language', async () => {
    expect(await look('country=KR; tz=Asia/Tokyo')).toEqual(['119', '112']);
    expect(await look('tz=Asia/Kathmandu')).toEqual(['101', '102', '100']);
    expect(await look('', 'ja')).toEqual(['119', '110', '171']);
    expect(await look('')).toEqual(['112']);
  });

  it('asks a stranger in words, right under what is true everywhere, and offers the region of the browser’s language', async () => {
    const see = async (language: string) =>
      (await world.get('/help', { signedIn: false, headers: { 'accept-language': language } })).text;
    const text = await see('en-US');
    expect(numbersIn(text)).toEqual(['112']);
    expect(text).toContain('Which country are you in?');
    expect(text).toMatch(/<option value="US" selected>United States/);
    expect(text.indexOf('action="/country"')).toBeLessThan(text.indexOf('What the four words mean'));
    expect(await see('fr')).toContain('<option value>Choose a country</option>');
    for (const language of ['en-US', 'fr', 'ja']) {
      expect(await see(language)).not.toMatch(/>–<|: –/);
      expect((await see(language)).match(/action="\/country"/g)).toHaveLength(1);
    }
  });

  it('has those of the own profile for whoever is signed in, and is kept as nobody’s page', async () => {
    const { text } = await world.get('/help', { headers: { cookie: 'country=KR' } });
    expect(numbersIn(text)).toEqual(['119', '110', '171']);
    expect(text).not.toContain(ID.me);
  });

  it('has its numbers on the page for no connection too, which is nobody’s either', async () => {
    const { text } = await world.get('/offline', { headers: { cookie: 'country=KR' } });
    // It is always a copy, and nothing on it could be old.
    expect(text).not.toContain('id="offline-copy"');
    expect((await world.get('/help')).text).toContain('id="offline-copy"');
    expect(numbersIn(text)).toEqual(['119', '110']);
    expect(text).not.toContain(ID.me);
    world.answer({ viewer: async () => Promise.reject(new AppError('unavailable')) });
    expect(numbersIn((await world.get('/offline', { headers: { cookie: 'country=KR' } })).text)).toEqual(['119', '112']);
  });

  it('tells the phone whose numbers it has, for one that keeps those of another country', async () => {
    for (const path of ['/', '/help', '/offline']) expect((await world.get(path)).text, path).toContain('"country":"JP"');
    const { text } = await world.get('/help', { signedIn: false });
    expect(text).not.toContain('"country":');
  });

  it('is there when the store is away', async () => {
    world.answer({ viewer: async () => Promise.reject(new AppError('unavailable')) });
    const { status, text } = await world.get('/help', { headers: { cookie: 'country=JP' } });
    expect(status).toBe(200);
    expect(numbersIn(text)).toContain('119');
  });

  it('is a tap away on every page', async () => {
    for (const path of ['/', '/settings', '/offline', '/nothing']) expect((await world.get(path)).text).toContain('href="/help"');
  });
});

describe('POST /country', () => {
  it('keeps the country of a stranger’s browser', async () => {
    const answer = await world.post('/country', 'country=NZ', { signedIn: false });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/help' } });
    expect(answer.cookies).toMatchObject([{ name: 'country', value: 'NZ', path: '/' }]);
    expect(world.calls.map(({ name }) => name)).not.toContain('changePerson');
  });

  it('changes the profile of whoever is signed in, and nothing for whoever comes next', async () => {
    const { status, cookies } = await world.post('/country', 'country=NZ');
    expect(status).toBe(303);
    expect(cookies.map(({ name }) => name)).not.toContain('country');
    expect(world.calls.at(-1)).toEqual({ name: 'changePerson', input: { country: 'NZ' } });
  });

  it.each(['', 'country=', 'country=Japan', 'country=jp'])('refuses %j', async (form) => {
    expect((await world.post('/country', form)).status).toBe(400);
  });
});
