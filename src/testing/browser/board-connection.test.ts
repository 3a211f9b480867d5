import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createClient, post } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone } from './open-browser.ts';
import { tellLag } from './screen-actions.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, rowOf, start } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** Lets the browser believe that the page went to the back, or is looked at again. */
async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isVisible ? 'visible' : 'hidden',
  );
}

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
});
