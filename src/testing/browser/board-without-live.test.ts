import { createServer, request as forward, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Board, Circle, NewInvite } from '../../contract/circles.ts';
import type { Condition } from '../../contract/statuses.ts';
import { type Client, createCircle, createClient, must, post, readBoard, waitForBoard } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone, type PhoneOptions, setVisible, untilActivated } from './open-browser.ts';
import { ageOutbox } from './phone-outbox.ts';
import { untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { join, rowOf, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** What stands between a school's phones and the world: it passes HTTP on, and lets no WebSocket through. */
let proxy: Server;
let origin: string;
const passes = { live: false, http: true, board: true };
/** What was asked of the proxy, but for files of the app. */
let asked: string[] = [];
/** Pages come so many milliseconds late. */
let delayMs = 0;

beforeAll(async () => {
  const { hostname, port } = new URL(service.origin);
  proxy = createServer((request, response) => {
    const { url = '', method, headers } = request;
    asked.push(url);
    if (!passes.http) return void response.destroy();
    if (!passes.board && isQuestion(url)) return void response.writeHead(503, { 'retry-after': '1' }).end();
    const ahead = forward({ hostname, port, path: url, method, headers }, (answer) => {
      const isPage = answer.headers['content-type']?.startsWith('text/html');
      setTimeout(
        () => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
        isPage ? delayMs : 0,
      );
    });
    ahead.on('error', () => response.destroy());
    request.pipe(ahead);
  });
  proxy.on('upgrade', ({ url = '', rawHeaders }, socket) => {
    socket.on('error', () => socket.destroy());
    asked.push(url);
    if (!passes.live) return socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    const ahead = connect(Number(port), hostname, () => {
      const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${rawHeaders[index + 1]}\r\n` : []));
      ahead.write(`GET ${url} HTTP/1.1\r\n${pairs.join('')}\r\n`);
      socket.pipe(ahead).pipe(socket);
    });
    ahead.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  proxy?.closeAllConnections();
  proxy?.close();
});
beforeEach(() => {
  Object.assign(passes, { live: false, http: true, board: true });
  delayMs = 0;
});

/** Mum behind the proxy, on the board of a circle that Ken, who is elsewhere, keeps. */
async function openMum(options: PhoneOptions = { serviceWorkers: 'block' }) {
  const ken = await createClient(service, { nickname: 'Ken' });
  const circle = await createCircle(ken);
  const { token } = await must<NewInvite>(ken, 201, 'POST', `/v1/circles/${circle.id}/invites`, {});
  const { phone, page } = await openPhone(browser, origin, options);
  await join(page, `/join/${token}`, 'Mum');
  // Its questions are spread over ten seconds, and its tries over more and more.
  await page.addInitScript(() => {
    Math.random = () => 0.1;
  });
  return { phone, page, ken, circle };
}

const stateOf = (page: Page, connection: string) => page.locator(`.board-state[data-connection=${connection}]`);
const isQuestion = (url: string) => /^\/v1\/circles\/[^/]+\/board$/.test(url);
const questions = () => asked.filter(isQuestion).length;
const tries = () => asked.filter((url) => url === '/v1/live').length;

/** Puts the page to the back, and looks at it again. */
async function lookAgain(page: Page): Promise<void> {
  for (const isVisible of [false, true]) await setVisible(page, isVisible);
}

/** Posts, and waits until the circle's board has it. */
async function postSeen(ken: Client, circle: Circle, condition: Condition): Promise<void> {
  const { id } = await post(ken, condition);
  await waitForBoard(ken, circle, ken.person.id, id);
}

describe('a board behind a proxy that passes no WebSocket', () => {
  it('says that it is not live and of when it is, asks once, again when it is looked at again, and never by a clock', async () => {
    const { page, ken, circle } = await openMum();
    await page.clock.install();
    asked = [];
    await page.goto(`/circles/${circle.id}`);
    await stateOf(page, 'apart').waitFor();
    expect(await stateOf(page, 'apart').textContent()).toMatch(/^Not live. As of \d\d:\d\d. Load again$/);
    expect(await page.textContent('#announce')).toMatch(/^Not live. As of \d\d:\d\d.$/);
    expect(questions()).toBe(1);

    await postSeen(ken, circle, 'hurt');
    const before = tries();
    // The browser itself holds back a page whose tries fail one after the other, whatever its clock says; and that clock may not
    // run on meanwhile, or each try is given up before it has begun.
    const goOn = async () => {
      const at = tries();
      await page.clock.runFor(60_000);
      await waitFor(() => tries() > at, { timeoutMs: 5_000 }).catch(() => undefined);
      return tries() > before + 1;
    };
    await waitFor(goOn, { timeoutMs: 60_000 });
    expect(questions()).toBe(1);
    expect(await stateOf(page, 'apart').count()).toBe(1);

    await lookAgain(page);
    await rowOf(page, 'Ken').locator('.badge.hurt').waitFor();
    await stateOf(page, 'apart').waitFor();
    expect(questions()).toBe(2);

    await postSeen(ken, circle, 'help');
    await page.click('.board-state a');
    await rowOf(page, 'Ken').locator('.badge.help').waitFor();
    await stateOf(page, 'apart').waitFor();

    passes.live = true;
    await stateOf(page, 'live').waitFor({ timeout: 60_000 });
    await postSeen(ken, circle, 'ok');
    await rowOf(page, 'Ken').locator('.badge.ok').waitFor();
  }, 180_000);

  it('says that nothing answers while nothing does, keeps the way to reload, and asks until it has caught up', async () => {
    const { page, ken, circle } = await openMum();
    passes.live = true;
    await page.clock.install();
    await page.goto(`/circles/${circle.id}`);
    await stateOf(page, 'live').waitFor();
    Object.assign(passes, { live: false, http: false });
    asked = [];
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await waitFor(async () => {
      await page.clock.runFor(30_000);
      return questions() > 0;
    });
    await stateOf(page, 'lost').waitFor();
    expect(await stateOf(page, 'lost').textContent()).toMatch(/^Buji is not answering. As of \d\d:\d\d. Load again$/);
    await postSeen(ken, circle, 'hurt');
    passes.http = true;
    await waitFor(async () => {
      await page.clock.runFor(30_000);
      return (await stateOf(page, 'apart').count()) === 1;
    });
    expect(await rowOf(page, 'Ken').locator('.badge.hurt').count()).toBe(1);
  });

  it('says of when it is while the service has no time for it, and asks again', async () => {
    const { page, ken, circle } = await openMum();
    await page.clock.install();
    passes.board = false;
    await page.goto(`/circles/${circle.id}`);
    await stateOf(page, 'apart').waitFor();
    await postSeen(ken, circle, 'hurt');
    passes.board = true;
    await waitFor(async () => {
      await page.clock.runFor(10_000);
      return (await rowOf(page, 'Ken').locator('.badge.hurt').count()) === 1;
    });
    expect(await stateOf(page, 'apart').count()).toBe(1);
  });

  it('asks nothing by HTTP where a gateway was away for some seconds only: so were all of its boards', async () => {
    const { page, circle } = await openMum();
    passes.live = true;
    await page.clock.install();
    await page.goto(`/circles/${circle.id}`);
    await stateOf(page, 'live').waitFor();
    await page.evaluate(() => {
      Math.random = () => 0.9;
    });
    await page.clock.pauseAt(Date.now() + 1_800_000);
    await stateOf(page, 'live').waitFor();
    passes.live = false;
    asked = [];
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    const untilTried = (times: number) => waitFor(() => page.clock.runFor(100).then(() => tries() === times));
    await untilTried(2);
    passes.live = true;
    await untilTried(3);
    await stateOf(page, 'live').waitFor();
    await page.clock.runFor(10_000);
    await lookAgain(page);
    await stateOf(page, 'live').waitFor();
    expect(questions()).toBe(0);
  });

  it('offers again by HTTP, too, what a store has lost that failed over', async () => {
    const { page, circle } = await openMum();
    await page.goto('/');
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent]').waitFor();
    await ageOutbox(page, 120_000);
    await page.route(`**/v1/circles/${circle.id}/board`, async (route) => {
      const response = await route.fetch();
      const board: Board = await response.json();
      const members = board.members.map((row) => ({ ...row, status: null }));
      await route.fulfill({ response, json: { ...board, position: 'ffffffff-1', members } });
    });
    await page.goto(`/circles/${circle.id}`);
    asked = [];
    await stateOf(page, 'apart').waitFor();
    await waitFor(() => asked.includes('/v1/statuses'));
  });

  it('shows nothing any more to whom it may not be shown', async () => {
    const { phone, page, ken, circle } = await openMum();
    const { members } = await readBoard(ken, circle);
    const mum = members.find(({ member }) => member.id !== ken.person.id)?.member.id;
    await page.goto(`/circles/${circle.id}`);
    await stateOf(page, 'apart').waitFor();
    await must(ken, 204, 'DELETE', `/v1/circles/${circle.id}/members/${mum}`);
    await lookAgain(page);
    await page.locator('.board-state', { hasText: 'You are no longer in this circle.' }).waitFor();
    expect(await page.locator('.row').count()).toBe(0);

    const other = await openMum();
    await other.page.goto(`/circles/${other.circle.id}`);
    await stateOf(other.page, 'apart').waitFor();
    await other.phone.clearCookies();
    await lookAgain(other.page);
    await other.page.locator('main a[href^="/recover"]').waitFor();
    expect(await other.page.locator('.row').count()).toBe(0);
    for (const each of [phone, other.phone]) await each.close();
  });

  it('does not say over a copy that it is the newest for longer than that is true', async () => {
    const { page, circle } = await openMum({});
    await untilActivated(page);
    await page.goto(`/circles/${circle.id}`);
    await untilKept(page, `/circles/${circle.id}`);
    await page.goto('/');
    delayMs = 600;
    await page.goto(`/circles/${circle.id}`);
    const line = page.locator('#offline-copy');
    await line.waitFor();
    await stateOf(page, 'apart').waitFor();
    await page.locator('#offline-copy', { hasText: /^As of .*\d\d:\d\d$/ }).waitFor();
    passes.live = true;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await stateOf(page, 'live').waitFor();
    await page.locator('#offline-copy', { hasText: 'This is the newest.' }).waitFor();
  });

  it('does not say over what has become live that nothing answers, though the page asked for still hangs', async () => {
    const { page, circle } = await openMum({});
    await untilActivated(page);
    await page.goto(`/circles/${circle.id}`);
    await untilKept(page, `/circles/${circle.id}`);
    await page.goto('/');
    delayMs = 60_000;
    passes.live = true;
    await page.clock.install();
    await page.goto(`/circles/${circle.id}`);
    const line = page.locator('#offline-copy');
    await line.filter({ hasText: 'This is the newest.' }).waitFor();
    await page.clock.runFor(10_000);
    expect(await line.textContent()).toBe('This is the newest.');
  });
});
