import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCaches } from '../../testing/phone-caches.ts';
import { answerAsset, answerNavigation, answerNewer, expectChange, forgetPages, keepBoard, keepShell } from './pages-cache.ts';

const ORIGIN = 'https://buji.example';
const BOARD = '/circles/0190a0a0-0000-7000-8000-000000000000';

/** What the network has; a path that is not there cannot be had. */
let network: Map<string, () => Response | Promise<Response>>;
const realFetch = globalThis.fetch;
let caches: ReturnType<typeof makeCaches>;
let afterwards: Promise<unknown>[];
const later = (work: Promise<unknown>) => void afterwards.push(work);

beforeEach(() => {
  network = new Map();
  caches = makeCaches();
  afterwards = [];
  globalThis.fetch = async (request) => {
    const { pathname } = new URL(request instanceof Request ? request.url : String(request), ORIGIN);
    const answer = network.get(pathname);
    if (!answer) throw new TypeError('no network');
    return answer();
  };
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

const visit = async (path: string) => {
  const response = await answerNavigation(caches.store, new Request(ORIGIN + path), later);
  await Promise.all(afterwards);
  return response;
};
const load = async (path: string) => {
  const response = await answerAsset(caches.store, new Request(ORIGIN + path), later);
  await Promise.all(afterwards);
  return response.text();
};
/** A page of Mum's as the network gives it: only such answers are kept. */
function page(text: string, status = 200, person: string | null = 'mum'): Response {
  const data = JSON.stringify({ person });
  const html = `<body><div id="board">${text}</div><script type="application/json" id="page-data">${data}</script>`;
  const response = new Response(html, { status, headers: { 'content-security-policy': "default-src 'self'" } });
  Object.defineProperty(response, 'type', { value: 'basic' });
  response.clone = () => page(text, status, person);
  return response;
}
/** A page that the network has not given yet, and the word that makes it. */
function onItsWay(path: string) {
  let give: (response: Response) => void = () => undefined;
  const promise = new Promise<Response>((resolve) => {
    give = resolve;
  });
  network.set(path, () => promise);
  return (text: string) => give(page(text));
}
const look = async (path: string) => (await answerNavigation(caches.store, new Request(ORIGIN + path), later)).text();
const askNewer = async (path: string) => (await answerNewer(caches.store, new Request(ORIGIN + path), later)).text();

describe('answerNavigation', () => {
  beforeEach(async () => {
    for (const path of ['/', BOARD]) {
      network.set(path, () => page('Mum'));
      await visit(path);
    }
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it('gives the page as the network has it when that answers at once', async () => {
    network.set('/', () => page('newer'));
    const text = await look('/');
    expect(text).toContain('newer');
    expect(text).not.toContain('data-copy');
  });

  it('gives the copy, marked as one and under the same policy, when there is no network', async () => {
    network.clear();
    const response = await visit('/');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(await response.text()).toMatch(/^<body data-copy><div id="board">Mum/);
  });

  it('gives the copy when the network does not answer, and what then comes to the page that asks for it, once', async () => {
    const answer = onItsWay(BOARD);
    expect(await look(BOARD)).toContain('data-copy');
    network.set(BOARD, () => page('asked again'));
    const newer = askNewer(BOARD);
    answer('newer');
    expect(await newer).toContain('newer');
    await Promise.all(afterwards);
    network.clear();
    expect(await look(BOARD)).toContain('newer');
    await expect(askNewer(BOARD)).rejects.toThrow('no network');
  });

  it('gives the copy rather than a page that says how much trouble the service has', async () => {
    network.set('/', () => page('later', 503));
    expect(await look('/')).toContain('Mum');
    network.set('/settings', () => page('later', 503));
    expect(await look('/settings')).toContain('later');
  });

  it('waits for the answer to a form, and for that one only', async () => {
    expectChange();
    const answer = onItsWay('/');
    const next = look('/');
    const other = look(BOARD);
    await other;
    // As long as a copy would have been waited for is over.
    network.set(BOARD, () => new Promise(() => undefined));
    expect(await look(BOARD)).toContain('data-copy');
    answer('as posted');
    expect(await next).toContain('as posted');
  });

  it('leads from an alert to its board, else to the buttons, when nothing else comes in time', async () => {
    const answer = BOARD.replace('circles', 'answer');
    vi.useFakeTimers();
    try {
      network.set(answer, () => new Promise(() => undefined));
      const hung = answerNavigation(caches.store, new Request(ORIGIN + answer), later);
      await vi.advanceTimersByTimeAsync(2_500);
      expect((await hung).headers.get('location')).toBe(ORIGIN + BOARD);
    } finally {
      vi.useRealTimers();
    }
    afterwards = [];
    network.set(answer, () => page('busy', 503));
    expect((await visit(answer)).headers.get('location')).toBe(ORIGIN + BOARD);
    network.set(answer, () => page('answer'));
    expect(await look(answer)).toContain('answer');
    network.clear();
    network.set(BOARD, () => page('gone', 404));
    await visit(BOARD);
    expect((await visit(answer)).headers.get('location')).toBe(`${ORIGIN}/`);
    await forgetPages(caches.store);
    expect((await visit(answer)).type).toBe('error');
  });

  it('keeps nothing that was asked for before the pages were forgotten', async () => {
    const answer = onItsWay(BOARD);
    const asking = visit(BOARD);
    await forgetPages(caches.store);
    answer('Mum');
    await asking;
    expect(caches.paths('pages')).toEqual([]);
    network.set('/', () => page('Mum'));
    await visit('/');
    expect(caches.paths('pages')).toEqual(['/']);
  });

  it('forgets all pages when nobody is signed in any more', async () => {
    network.set(BOARD, () => page('sign in', 401));
    expect((await visit(BOARD)).status).toBe(401);
    expect(caches.paths('pages')).toEqual([]);
  });

  it('forgets all pages when one comes that is for nobody, and does not keep that', async () => {
    network.set('/', () => page('welcome', 200, null));
    await visit('/');
    expect(caches.paths('pages')).toEqual([]);
  });

  it.each([404, 410])('forgets the page that answers %i, and no other', async (status) => {
    network.set(BOARD, () => page('gone', status));
    await visit(BOARD);
    expect(caches.paths('pages')).toEqual(['/']);
  });

  it('keeps the copy when the service is in trouble', async () => {
    network.set(BOARD, () => page('later', 503));
    await visit(BOARD);
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
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
    await keepBoard(caches.store, shown);
    expect(await look(BOARD)).toMatch(/data-copy.*Ken is OK.*"now":7/);
  });

  it('puts it into no page of another person, and into none that was forgotten', async () => {
    await keepBoard(caches.store, { ...shown, person: 'ken' });
    expect(await look(BOARD)).not.toContain('Ken is OK');
    await Promise.all([keepBoard(caches.store, shown), forgetPages(caches.store)]);
    await keepBoard(caches.store, shown);
    expect(caches.paths('pages')).toEqual([]);
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
      await keepShell(caches.store);
      // Asked for again in another language, say.
      await keepShell(caches.store);
      await load('/icon-192.png');
    }
    expect(caches.paths('shell')).toEqual([
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
    await keepShell(caches.store);
    madeOf('1');
    await visit('/');
    release('2');
    await keepShell(caches.store);
    network.delete('/');
    expect(await look('/')).toContain('app-1.js');
    release('3');
    await keepShell(caches.store);
    const text = await look('/');
    expect(text).not.toContain('app-1.js');
    expect(text).toContain('app-3.js');
  });

  it('follows a new release as soon as a page of it is seen, without a new service worker', async () => {
    release('1');
    await keepShell(caches.store);
    release('2');
    expect(await load('/assets/app-2.js')).toBe('2');
    network.clear();
    expect(await load('/assets/app-2.css')).toBe('2');
    expect(await (await visit('/nowhere')).text()).toContain('app-2.js');
  });

  it('keeps the emergency numbers before anybody looks at them, and as they were last shown', async () => {
    release('1');
    await keepShell(caches.store);
    network.delete('/help');
    expect(await (await visit('/help')).text()).toContain('numbers of 1');
    release('2');
    await visit('/help');
    network.clear();
    expect(await (await visit('/help')).text()).toContain('numbers of 2');
  });

  it('is done again once the answer to a form has come that changes the language, say', async () => {
    release('1');
    await keepShell(caches.store);
    expectChange('reader');
    release('2');
    network.set('/', () => page('Mum'));
    await visit('/');
    await Promise.all(afterwards);
    network.clear();
    expect(await (await visit('/nowhere')).text()).toContain('app-2.js');
  });

  it('renews an icon, whose address stays the same', async () => {
    release('1');
    await keepShell(caches.store);
    release('2');
    expect(await load('/icon.svg')).toBe('1');
    expect(await load('/icon.svg')).toBe('2');
  });
});
