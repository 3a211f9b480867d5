import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ID } from '../../testing/page-world.ts';
import { makeCaches, makePage, ORIGIN } from '../../testing/phone-caches.ts';
import { answerForm, answerNavigation, passForm } from './answer-fetch.ts';
import { keepShell } from './kept-pages.ts';

/** What the page for no connection says: the one or the other. */
const NEWS = '<p id="no-page"></p><p id="no-answer" hidden></p>';
const UNANSWERED = /^<body data-copy>.*<p id="no-page" hidden><\/p><p id="no-answer"><\/p>/;
const BOARD = `/circles/${ID.circle}`;
const realFetch = globalThis.fetch;
let caches: ReturnType<typeof makeCaches>;
let works: Promise<unknown>[];
const later = (work: Promise<unknown>) => void works.push(work);
/** Who is signed in on this phone, as the service has it; null for nobody. */
let person: string | null;
/** What the service answers a form; rejects where there is no network. */
let answer: () => Promise<Response>;

beforeEach(async () => {
  caches = makeCaches();
  works = [];
  person = 'mum';
  globalThis.fetch = async (request) =>
    request instanceof Request && request.method === 'POST' ? answer() : makePage({ person }, { text: NEWS });
  await keepShell(caches.store);
  for (const path of ['/', BOARD]) await visit(path);
  expect(caches.paths('pages')).toEqual(['/', BOARD]);
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** Waits also for what the worker does after its answer. */
async function visit(path: string): Promise<void> {
  await answerNavigation(caches.store, new Request(ORIGIN + path), later);
  await Promise.all(works);
}
const post = (mayLeave: boolean) => answerForm(caches.store, new Request(`${ORIGIN}/form`, { method: 'POST' }), later, mayLeave);

/** As a browser gives the answer to a form that was done: a redirect that cannot be looked into. */
function redirect(): Response {
  return Object.defineProperty(new Response(), 'status', { value: 0 });
}

const noNetwork = () => Promise.reject(new TypeError('no network'));

describe('a form after which what is kept may still be shown', () => {
  const pass = () => passForm(caches.store, new Request(`${ORIGIN}/statuses`, { method: 'POST' }));

  it('is answered by the service alone, and without it by the page for no connection', async () => {
    answer = async () => new Response('no', { status: 503 });
    expect((await pass()).status).toBe(503);
    answer = noNetwork;
    expect(await (await pass()).text()).toMatch(UNANSWERED);
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it('is told of apart from a page that cannot be opened', async () => {
    globalThis.fetch = noNetwork;
    const response = await answerNavigation(
      caches.store,
      new Request(`${ORIGIN}/settings`),
      (work) => void work.catch(() => null),
    );
    expect(await response.text()).toContain(NEWS);
  });
});

describe('a form after which the same person stays', () => {
  it('leaves what is kept as it is where there is no network, and ends on the page that says so', async () => {
    answer = noNetwork;
    expect(await (await post(false)).text()).toMatch(UNANSWERED);
    await Promise.all(works);
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it.each([400, 503])('leaves it where the service refuses with %i', async (status) => {
    answer = async () => new Response('no', { status });
    expect((await post(false)).status).toBe(status);
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
  });

  it('leaves it until the service has answered; then the four buttons alone are kept, as they are now', async () => {
    let give: (response: Response) => void = () => undefined;
    answer = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    const posted = post(false);
    await visit(BOARD);
    expect(caches.paths('pages')).toEqual(['/', BOARD]);
    const done = redirect();
    give(done);
    expect(await posted).toBe(done);
    await Promise.all(works);
    expect(caches.paths('pages')).toEqual(['/']);
  });

  it('keeps no buttons of somebody else who has come meanwhile', async () => {
    answer = async () => redirect();
    person = 'ken';
    await post(false);
    await Promise.all(works);
    expect(caches.paths('pages')).toEqual([]);
  });
});

describe('a form after which somebody else may be here, or nobody', () => {
  it.each([noNetwork, async () => redirect(), async () => new Response('no', { status: 503 })])(
    'forgets all at once, whatever comes of it (%#)',
    async (outcome) => {
      answer = async () => {
        expect(caches.paths('pages')).toEqual([]);
        return outcome();
      };
      await post(true);
      await Promise.all(works);
      expect(caches.paths('pages')).toEqual([]);
    },
  );

  it.each([noNetwork, async () => redirect()])('forgets what was kept while it was under way, too (%#)', async (outcome) => {
    answer = async () => {
      await visit(BOARD);
      expect(caches.paths('pages')).not.toEqual([]);
      return outcome();
    };
    await post(true);
    expect(caches.paths('pages')).toEqual([]);
  });

  it('keeps no page that was asked for before the answer', async () => {
    const stale = makePage({ person: 'mum' });
    let give = () => {};
    const late = new Promise<Response>((resolve) => {
      give = () => resolve(stale);
    });
    const fetchPost = globalThis.fetch;
    globalThis.fetch = async (request) => (request instanceof Request && request.method === 'GET' ? late : fetchPost(request));
    let visiting: Promise<void> | undefined;
    answer = async () => {
      visiting = visit(BOARD);
      return redirect();
    };
    await post(true);
    give();
    await visiting;
    await Promise.all(works);
    expect(caches.paths('pages')).toEqual([]);
  });
});
