import type { WebSocketRoute } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CLOSE } from '../../contract/frames.ts';
import { createCircle, createClient, joinAll, post } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone, setVisible } from './open-browser.ts';
import { tellLag } from './screen-actions.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode, makeCircle, rowOf, start, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

describe('an open board', () => {
  it('is connected only while it is looked at, asks for nothing meanwhile, and catches up with one question', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await page.clock.install();
    const sockets = { open: 0, all: 0 };
    const asked: string[] = [];
    page.on('websocket', (socket) => {
      sockets.open += 1;
      sockets.all += 1;
      socket.on('close', () => {
        sockets.open -= 1;
      });
      socket.on('framesent', ({ payload }) => asked.push(JSON.parse(String(payload)).t));
    });
    await start(page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(page, 'Family');
    const ken = await createClient(service, { nickname: 'Ken', invite: inviteUrl.split('/').at(-1) ?? '' });
    await page.goto(`/circles/${circleId}`);
    await page.locator('.live').waitFor();
    await waitFor(() => sockets.open === 1);

    await setVisible(page, false);
    await waitFor(() => sockets.open === 0);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const before = sockets.all;
    asked.length = 0;
    await post(ken, 'hurt');
    await page.clock.runFor(600_000);
    expect(requests).toEqual([]);
    expect(sockets.all).toBe(before);
    expect(await rowOf(page, 'Ken').locator('.badge').count()).toBe(0);

    await setVisible(page, true);
    await rowOf(page, 'Ken').locator('.badge.hurt').waitFor();
    expect(sockets.all).toBe(before + 1);
    expect(asked.filter((kind) => kind === 'sync')).toHaveLength(1);
  });

  it('is not the only page to do so: so does the one that tells how far a status has come', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    let open = 0;
    page.on('websocket', (socket) => {
      open += 1;
      socket.on('close', () => {
        open -= 1;
      });
    });
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.goto('/');
    for (const isVisible of [true, false, true]) {
      await setVisible(page, isVisible);
      await waitFor(() => open === Number(isVisible));
    }
  });

  it('says how far the service is behind, for as long as it is', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    const { circleId } = await makeCircle(page, 'Family');
    const tell = await tellLag(page);
    await page.goto(`/circles/${circleId}`);
    await page.locator('.board-state', { hasText: 'The service is busy: news comes 42 seconds late.' }).waitFor();
    tell(0);
    await page.locator('.board-state', { hasText: /^Live$/ }).waitFor();
  });

  it('says of when it is once the service has stopped it, and asks for the page once, however often that was', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket('**/v1/live', (socket) => {
      socket.connectToServer();
      sockets.push(socket);
    });
    await start(page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(page, 'Family');
    const ken = await createClient(service, { nickname: 'Ken', invite: inviteUrl.split('/').at(-1) ?? '' });
    await page.clock.install();
    await page.goto(`/circles/${circleId}`);
    await page.locator('.live').waitFor();
    await page.route(`**/circles/${circleId}`, (route) => route.abort());
    // From here on no clock of the page tries anything again.
    await page.clock.pauseAt(Date.now() + 1_800_000);
    await post(ken, 'hurt');
    await rowOf(page, 'Ken').locator('.badge.hurt').waitFor();

    for (const _ of ['stopped', 'again']) {
      await setVisible(page, true);
      await page.locator('.live').waitFor();
      await sockets.at(-1)?.close({ code: CLOSE.signedOut });
      await page.locator('#offline-copy', { hasText: 'Buji does not answer at the moment.' }).waitFor();
      const [banner, state] = await page.locator('#offline-copy, .board-state').allTextContents();
      expect(banner?.match(/\d\d:\d\d/)?.[0]).toBe(state?.match(/As of .*(\d\d:\d\d)/)?.[1]);
    }

    const asked = await page.evaluate(() => {
      const ask = globalThis.fetch;
      let times = 0;
      globalThis.fetch = (...request) => {
        times += Number(request[0] === location.pathname);
        return ask(...request);
      };
      dispatchEvent(new Event('online'));
      return times;
    });
    expect(asked).toBe(1);
  });
});

describe('taking back on a board', () => {
  it('says that the others still see it after the session has ended, and has the way to sign in', async () => {
    const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    // One that is connected is told of the end of its session, and gone.
    await page.routeWebSocket('**/v1/live', (socket) => void socket.close());
    // Its question by HTTP is spread over ten seconds.
    await page.addInitScript(() => {
      Math.random = () => 0.1;
    });
    const { recoveryCode } = await start(page, 'Mum');
    const { circleId } = await makeCircle(page, 'Family');
    await page.goto('/');
    await tap(page, 'help');
    await page.locator('#outbox [data-state=sent]').waitFor();
    const row = rowOf(page, 'Mum');
    await waitFor(async () => {
      await page.goto(`/circles/${circleId}`);
      return (await row.locator('.badge.help').count()) === 1;
    });

    // It asks once by HTTP, and would be gone by the answer to that, too.
    await page.locator('.board-state[data-connection=apart]').waitFor();
    await phone.clearCookies();
    await row.locator('button').click();
    await row.locator('a[href="/recover"]').waitFor();
    expect(await row.textContent()).toContain('Taken back on this phone only: the others may still see it.');
    expect(await row.textContent()).not.toContain('connection');
    expect(await page.textContent('#announce')).toContain('the others may still see it');

    await row.locator('a[href="/recover"]').click();
    await page.fill('input[name=recoveryCode]', recoveryCode);
    await page.click('form[action="/recover"] button');
    await keepCode(page);
    await waitFor(async () => {
      await page.goto(`/circles/${circleId}`);
      return (await row.locator('.badge.help').count()) === 0;
    });
  });
});

it('shows an open board as whose it is by now, where somebody else signed in while nobody looked', async () => {
  const [mum, ken] = [await createClient(service, { nickname: 'Mum' }), await createClient(service, { nickname: 'Ken' })];
  const circle = await createCircle(mum);
  await joinAll(mum, circle, [ken]);
  const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
  const signIn = (token: string) => phone.addCookies([{ name: 'session', value: token, url: service.origin }]);
  await signIn(ken.token);
  await page.goto(`/circles/${circle.id}`);
  await page.locator('.live').waitFor();
  expect(await rowOf(page, 'Ken').locator('.tag').count()).toBe(1);
  await setVisible(page, false);
  await signIn(mum.token);
  await setVisible(page, true);
  await rowOf(page, 'Mum').locator('.tag').nth(1).waitFor();
  await page.locator('.live').waitFor();
  expect(await rowOf(page, 'Ken').locator('.tag').count()).toBe(0);
});
