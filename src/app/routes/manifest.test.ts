import { beforeEach, expect, it } from 'vitest';
import { createPageWorld, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

const read = async (headers: Record<string, string>) => {
  const answer = await world.get('/manifest.webmanifest', { signedIn: false, headers });
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'content-type': expect.stringContaining('application/manifest+json'), vary: 'Cookie, Accept-Language' },
  });
  return JSON.parse(answer.text) as Record<string, unknown>;
};

it('has what an installed app needs, and icons for every shape', async () => {
  const manifest = await read({});
  expect(manifest).toMatchObject({ id: '/', start_url: '/', scope: '/', display: 'standalone' });
  expect(manifest['icons']).toMatchObject([
    { sizes: 'any' },
    { sizes: '192x192' },
    { sizes: '512x512' },
    { sizes: '512x512', purpose: 'maskable' },
  ]);
});

it('leads from a long press to the buttons and to the boards, in the language of the cookie, else of the browser', async () => {
  const english = [
    { name: 'How are you?', url: '/' },
    { name: 'Your circles', url: '/circles' },
  ];
  expect(await read({ 'accept-language': 'en' })).toMatchObject({ lang: 'en', shortcuts: english });
  const japanese = await read({ cookie: 'lang=ja', 'accept-language': 'en' });
  expect(japanese).toMatchObject({ lang: 'ja', shortcuts: [{ name: '今、大丈夫ですか？' }, { name: 'グループ' }] });
  expect(japanese['description']).toMatch(/地震/);
  expect(world.calls).toEqual([]);
});

it('is asked for with that cookie by every page', async () => {
  expect((await world.get('/')).text).toContain(
    '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials"/>',
  );
});
