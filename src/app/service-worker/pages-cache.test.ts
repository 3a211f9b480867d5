import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerAsset, answerNavigation, forgetPages, keepShell } from './pages-cache.ts';

const ORIGIN = 'https://buji.example';
const BOARD = '/circles/0190a0a0-0000-7000-8000-000000000000';

/** As much of the browser's caches as is used here, over plain maps; a deleted cache that is still held keeps to itself. */
function makeCaches() {
  const kept = new Map<string, Map<string, Response>>();
  const pathOf = (request: string | Request) => new URL(typeof request === 'string' ? request : request.url, ORIGIN).pathname;
  const openCache = (entries: Map<string, Response>) => ({
    match: async (request: string | Request) => entries.get(pathOf(request))?.clone(),
    put: async (request: string | Request, response: Response) => void entries.set(pathOf(request), response),
    add: async (path: string) => void entries.set(path, await fetch(path)),
    delete: async (request: string | Request) => entries.delete(pathOf(request)),
    keys: async () => [...entries.keys()].map((path) => new Request(ORIGIN + path)),
  });
  const store = {
    async open(name: string) {
      const entries = kept.get(name) ?? new Map<string, Response>();
      kept.set(name, entries);
      return openCache(entries);
    },
    delete: async (name: string) => kept.delete(name),
    match: async (path: string) =>
      [...kept.values()]
        .find((entries) => entries.has(path))
        ?.get(path)
        ?.clone(),
  } as unknown as CacheStorage;
  return { store, paths: (name: string) => [...(kept.get(name)?.keys() ?? [])].toSorted() };
}

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
/** A page as the network gives it: only such answers are kept. */
function page(text: string, status = 200): Response {
  const response = new Response(`<body>${text}`, { status });
  Object.defineProperty(response, 'type', { value: 'basic' });
  response.clone = () => page(text, status);
  return response;
}

describe('answerNavigation', () => {
  beforeEach(async () => {
    for (const path of ['/', BOARD]) {
      network.set(path, () => page('Mum'));
      await visit(path);
    }
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it('gives the copy, marked as one, when there is no network', async () => {
    network.clear();
    expect(await (await visit('/')).text()).toBe('<body data-copy>Mum');
  });

  it('keeps nothing that was asked for before the pages were forgotten', async () => {
    let answer: (response: Response) => void = () => undefined;
    const late = new Promise<Response>((resolve) => {
      answer = resolve;
    });
    network.set(BOARD, () => late);
    const asking = visit(BOARD);
    await forgetPages(caches.store);
    answer(page('Mum'));
    await asking;
    expect(caches.paths('pages')).toEqual([]);
    await visit('/');
    expect(caches.paths('pages')).toEqual(['/']);
  });

  it('forgets all pages when nobody is signed in any more', async () => {
    network.set(BOARD, () => page('sign in', 401));
    expect((await visit(BOARD)).status).toBe(401);
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

describe('keepShell', () => {
  function release(name: string) {
    const parts = [`/assets/app-${name}.js`, `/assets/app-${name}.css`];
    const html = `<script src="${parts[0]}"></script><link href="${parts[1]}"><link href="/icon.svg">`;
    network.set('/offline', () => new Response(html));
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
      '/icon-192.png',
      '/icon.svg',
      '/offline',
    ]);
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

  it('renews an icon, whose address stays the same', async () => {
    release('1');
    await keepShell(caches.store);
    release('2');
    expect(await load('/icon.svg')).toBe('1');
    expect(await load('/icon.svg')).toBe('2');
  });
});
