import { beforeEach, describe, expect, it } from 'vitest';
import { makePage } from '../../testing/phone-caches.ts';
import { usePhoneNetwork } from '../../testing/phone-network.ts';
import { expectChange } from './answer-fetch.ts';
import { forgetPages, keepBoard, keepShell } from './kept-pages.ts';

const BOARD = '/circles/0190a0a0-0000-7000-8000-000000000000';
const phone = usePhoneNetwork();
const { network, visit, look } = phone;
/** A page of Mum's. */
const page = (text: string, status = 200, person: string | null = 'mum') => makePage({ person }, { text, status });

/** The same of anybody's: from our own origin. */
function asBasic(response: Response): Response {
  Object.defineProperty(response, 'type', { value: 'basic' });
  response.clone = () => asBasic(new Response('<h1>nginx</h1>', { status: response.status }));
  return response;
}

describe('what comes with a page', () => {
  beforeEach(async () => {
    for (const path of ['/', BOARD]) {
      network.set(path, () => page('Mum'));
      await visit(path);
    }
    expect(phone.caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it('keeps nothing that was asked for before the pages were forgotten', async () => {
    const answer = phone.delay(BOARD);
    const asking = visit(BOARD);
    await forgetPages(phone.caches.store);
    answer(page('Mum'));
    await asking;
    expect(phone.caches.paths('pages')).toEqual([]);
    network.set('/', () => page('Mum'));
    await visit('/');
    expect(phone.caches.paths('pages')).toEqual(['/']);
  });

  it('forgets all pages when nobody is signed in any more', async () => {
    network.set(BOARD, () => page('sign in', 401));
    expect((await visit(BOARD)).status).toBe(401);
    expect(phone.caches.paths('pages')).toEqual([]);
  });

  it('forgets all pages when one comes that is for nobody, and does not keep that', async () => {
    network.set('/', () => page('welcome', 200, null));
    await visit('/');
    expect(phone.caches.paths('pages')).toEqual([]);
  });

  it.each([404, 410])('forgets the page that answers %i, and no other', async (status) => {
    network.set(BOARD, () => page('gone', status));
    await visit(BOARD);
    expect(phone.caches.paths('pages')).toEqual(['/']);
  });

  it.each([
    ['the page of a network that asks to be signed in to', 200],
    ['a refusal of what stands in between', 401],
    ['an answer where no service is behind it', 404],
    ['the same', 410],
  ])('keeps all copies as they are at %s (%i), which no page of Buji is', async (_, status) => {
    for (const path of ['/', BOARD, '/help']) {
      network.set(path, () => asBasic(new Response('<h1>nginx</h1>', { status })));
      expect(await (await visit(path)).text()).toContain('nginx');
      network.clear();
      expect(await look(path)).not.toContain('nginx');
    }
    expect(phone.caches.paths('pages')).toEqual(['/', BOARD]);
    expect(await look(BOARD)).toContain('Mum');
  });

  it('keeps the copy when the service is in trouble', async () => {
    network.set(BOARD, () => page('later', 503));
    await visit(BOARD);
    expect(phone.caches.paths('pages')).toEqual(['/', BOARD]);
  });
});

describe('keepBoard', () => {
  const shown = { path: BOARD, person: 'mum', board: 'Ken is OK', data: '{"person":"mum","now":7}' };
  beforeEach(async () => {
    network.set(BOARD, () => page('Mum'));
    await visit(BOARD);
    network.clear();
  });

  it('puts the board as it was last shown into its copy', async () => {
    await keepBoard(phone.caches.store, shown);
    expect(await look(BOARD)).toMatch(/data-copy.*Ken is OK.*"now":7/);
  });

  it('puts it into no page of another person, and into none that was forgotten', async () => {
    await keepBoard(phone.caches.store, { ...shown, person: 'ken' });
    expect(await look(BOARD)).not.toContain('Ken is OK');
    await Promise.all([keepBoard(phone.caches.store, shown), forgetPages(phone.caches.store)]);
    await keepBoard(phone.caches.store, shown);
    expect(phone.caches.paths('pages')).toEqual([]);
  });
});

describe('keepShell', () => {
  function release(name: string) {
    const parts = [`/assets/app-${name}.js`, `/assets/app-${name}.css`];
    const html = `<script src="${parts[0]}"></script><link href="${parts[1]}"><link href="/icon.svg">`;
    network.set('/offline', () => new Response(html));
    network.set('/help', () => page(`numbers of ${name}`));
    for (const part of [...parts, '/icon.svg', '/icon-192.png']) network.set(part, () => new Response(name));
  }

  it('keeps what two releases are made of, and lets older ones go', async () => {
    for (const name of ['1', '2', '3']) {
      release(name);
      await keepShell(phone.caches.store);
      // Asked for again in another language, say.
      await keepShell(phone.caches.store);
      await phone.load('/icon-192.png');
    }
    expect(phone.caches.paths('shell')).toEqual([
      '/assets/app-2.css',
      '/assets/app-2.js',
      '/assets/app-3.css',
      '/assets/app-3.js',
      '/help',
      '/icon-192.png',
      '/icon.svg',
      '/offline',
    ]);
  });

  it('shows no copy that is made of an older release than is kept: nothing on it would work', async () => {
    const madeOf = (name: string) => {
      const html = `<head><script src="/assets/app-${name}.js"></script></head>`;
      network.set('/', () => page(html));
    };
    release('1');
    await keepShell(phone.caches.store);
    madeOf('1');
    await visit('/');
    release('2');
    await keepShell(phone.caches.store);
    network.delete('/');
    expect(await look('/')).toContain('app-1.js');
    release('3');
    await keepShell(phone.caches.store);
    const text = await look('/');
    expect(text).not.toContain('app-1.js');
    expect(text).toContain('app-3.js');
  });

  it('follows a new release as soon as a page of it is seen, without a new service worker', async () => {
    release('1');
    await keepShell(phone.caches.store);
    release('2');
    expect(await phone.load('/assets/app-2.js')).toBe('2');
    network.clear();
    expect(await phone.load('/assets/app-2.css')).toBe('2');
    expect(await (await visit('/nowhere')).text()).toContain('app-2.js');
  });

  it('keeps the emergency numbers before anybody looks at them, and as they were last shown', async () => {
    release('1');
    await keepShell(phone.caches.store);
    network.delete('/help');
    expect(await (await visit('/help')).text()).toContain('numbers of 1');
    release('2');
    await visit('/help');
    network.clear();
    expect(await (await visit('/help')).text()).toContain('numbers of 2');
  });

  it('is done again once the answer to a form has come that changes the language, say', async () => {
    release('1');
    await keepShell(phone.caches.store);
    expectChange('reader');
    release('2');
    network.set('/', () => page('Mum'));
    await visit('/');
    await phone.settle();
    network.clear();
    expect(await (await visit('/nowhere')).text()).toContain('app-2.js');
  });
});
