import { afterEach, beforeEach, expect, it } from 'vitest';
import { ID } from '../../testing/page-world.ts';
import { makeCaches, makePage, ORIGIN } from '../../testing/phone-caches.ts';
import { readPageData } from '../phone/kept-page.ts';
import { answerNavigation } from './answer-fetch.ts';
import { keepShell, renewShell } from './kept-pages.ts';

const realFetch = globalThis.fetch;
/** What the service writes for whoever is signed in here; null: there is no network. */
let profile: { locale: string; country: string } | null;
let caches: ReturnType<typeof makeCaches>;

beforeEach(async () => {
  profile = { locale: 'en', country: 'JP' };
  caches = makeCaches();
  globalThis.fetch = async () => {
    if (profile === null) throw new TypeError('no network');
    return makePage({ person: 'mum', ...profile });
  };
  await keepShell(caches.store);
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

async function readKept(path: string) {
  const { locale, country } = readPageData((await (await caches.store.match(path))?.text()) ?? '') ?? {};
  return { locale, country };
}

async function visit(path: string) {
  const works: Promise<unknown>[] = [];
  await answerNavigation(caches.store, new Request(ORIGIN + path), (work) => void works.push(work));
  await Promise.all(works);
}

it.each([
  ['language', { locale: 'ja', country: 'JP' }],
  ['country', { locale: 'en', country: 'KR' }],
])(
  'keeps what helps without a connection in the %s that was chosen on another phone, from the next page on',
  async (_, chosen) => {
    await visit('/');
    expect(await readKept('/offline')).toEqual({ locale: 'en', country: 'JP' });
    profile = chosen;
    await visit('/');
    expect(await readKept('/offline')).toEqual(chosen);
    expect(await readKept('/help')).toEqual(chosen);
  },
);

it.each(['/help', `/circles/${ID.circle}`])('renews the copy of the start page too, once %s has come', async (path) => {
  await visit('/');
  profile = { locale: 'en', country: 'KR' };
  await visit(path);
  expect(await readKept('/')).toEqual(profile);
});

it('keeps the copy of the start page where another one cannot be had', async () => {
  await visit('/');
  profile = null;
  await renewShell(caches.store, () => false);
  expect(await readKept('/')).toEqual({ locale: 'en', country: 'JP' });
});

it('has the same numbers on both pages as soon as the one that is all numbers was seen', async () => {
  profile = { locale: 'en', country: 'KR' };
  await visit('/help');
  expect(await readKept('/help')).toEqual(profile);
  expect(await readKept('/offline')).toEqual(profile);
});

it.each([
  [200, '/'],
  [401, '/alerts'],
])('keeps nothing of who is signed out, also elsewhere, once a page says so by %i', async (status, path) => {
  const nobody = { locale: 'en', country: 'KR' };
  globalThis.fetch = async (request) =>
    makePage({ person: null, ...nobody }, { status: request instanceof Request ? status : 200 });
  await visit(path);
  expect(await readKept('/offline')).toEqual(nobody);
  expect(await readKept('/help')).toEqual(nobody);
});

it('keeps it as it is where it is right, and where there is no network', async () => {
  profile = { locale: 'ja', country: 'KR' };
  await renewShell(caches.store, ({ locale, country }) => locale === 'en' && country === 'JP');
  expect(await readKept('/offline')).toEqual({ locale: 'en', country: 'JP' });
  await renewShell(caches.store, () => false);
  expect(await readKept('/offline')).toEqual(profile);
  profile = null;
  await renewShell(caches.store, () => false);
  expect(await readKept('/offline')).toEqual({ locale: 'ja', country: 'KR' });
});
