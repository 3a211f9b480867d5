import { afterEach, beforeEach, expect, it } from 'vitest';
import { ID } from '../../testing/page-world.ts';
import { makeCaches, makePage, ORIGIN } from '../../testing/phone-caches.ts';
import { readPageData } from '../phone/kept-page.ts';
import { answerNavigation, expectChange } from './answer-fetch.ts';
import { forgetBoard, forgetPages, keepBoard } from './kept-pages.ts';

const BOARD = `/circles/${ID.circle}`;
const OTHER_BOARD = `/circles/${ID.status}`;
const realFetch = globalThis.fetch;
let caches: ReturnType<typeof makeCaches>;
/** Who is signed in on this phone, as the service has it; null for nobody. */
let person: string | null;
/** Paths that the network was asked for. */
let asked: string[];
/** What is still to come before the network gives the start page. */
let beforeStart: Promise<void>;

beforeEach(() => {
  caches = makeCaches();
  person = 'mum';
  asked = [];
  beforeStart = Promise.resolve();
  globalThis.fetch = async (request) => {
    const { pathname } = new URL(request instanceof Request ? request.url : String(request), ORIGIN);
    asked.push(pathname);
    const answer = makePage({ person });
    if (pathname === '/') await beforeStart;
    return answer;
  };
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** @returns waits until all is done that the worker goes on with after its answer */
async function open(path: string): Promise<() => Promise<unknown>> {
  const works: Promise<unknown>[] = [];
  await answerNavigation(caches.store, new Request(ORIGIN + path), (work) => void works.push(work));
  return () => Promise.all(works);
}
const visit = async (path: string) => (await open(path))();

async function readStart() {
  return readPageData((await (await caches.store.match('/'))?.text()) ?? '')?.person;
}

it.each(['/welcome', '/circles/new', '/settings', BOARD])(
  'keeps the four buttons with %s, the first page of anybody',
  async (path) => {
    await visit(path);
    expect(await readStart()).toBe('mum');
    await visit(path);
    expect(asked.filter((each) => each === '/')).toHaveLength(1);
  },
);

it('asks once for the page of the buttons itself, and not for nobody', async () => {
  await visit('/');
  expect(asked).toEqual(['/']);
  await forgetPages(caches.store);
  person = null;
  await visit('/recover');
  expect(asked).toEqual(['/', '/recover']);
  expect(caches.paths('pages')).toEqual([]);
});

it('asks for them again once after a form that changes the circles that they reach', async () => {
  await visit('/');
  expectChange('circles');
  await visit(BOARD);
  await visit(BOARD);
  expect(asked).toEqual(['/', BOARD, '/', BOARD]);
  expectChange('circles');
  await visit('/');
  expectChange();
  await visit(BOARD);
  expect(asked.slice(4)).toEqual(['/', BOARD]);
});

it('keeps nothing of who has signed out while the buttons were on their way', async () => {
  let give = () => {};
  beforeStart = new Promise((resolve) => {
    give = resolve;
  });
  const done = await open('/settings');
  const visited = done();
  await expect.poll(() => asked).toContain('/');
  await forgetPages(caches.store);
  give();
  await visited;
  expect(caches.paths('pages')).toEqual([]);
});

it('keeps no board that its reader may not see any more, and asks for the buttons without that circle', async () => {
  for (const path of ['/', BOARD, OTHER_BOARD]) await visit(path);
  const board = '<div id="board">Ken is OK';
  const kept = keepBoard(caches.store, { path: BOARD, person: 'mum', board, data: '{"person":"mum"}' });
  const visited = visit(BOARD);
  await Promise.all([kept, visited, forgetBoard(caches.store, BOARD)]);
  expect(caches.paths('pages')).toEqual(['/', OTHER_BOARD]);
  asked = [];
  await visit(OTHER_BOARD);
  expect(asked).toEqual([OTHER_BOARD, '/']);
});

it.each([null, 'ken'])('keeps no buttons of %s with a page of somebody else', async (next) => {
  globalThis.fetch = async (request) => makePage({ person: request === '/' ? next : 'mum' });
  await visit(BOARD);
  expect(caches.paths('pages')).toEqual([BOARD]);
});

it.each(['/', '/settings', BOARD])('forgets all of who was there before, once %s shows somebody else', async (path) => {
  for (const each of ['/', BOARD, OTHER_BOARD]) await visit(each);
  expect(caches.paths('pages')).toEqual(['/', BOARD, OTHER_BOARD].toSorted());
  person = 'ken';
  await visit(path);
  expect(caches.paths('pages')).toEqual(['/']);
  expect(await readStart()).toBe('ken');
});
