import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { openPhone } from './open-browser.ts';
import { putOffOutbox, readOutbox } from './phone-outbox.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { startAtHome, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** Long enough to be told from all that sends it sooner, and not so long that it passes for a clock that was wrong. */
const PUT_OFF_MS = 50_000;

/** A live connection that failed again and again comes back within 30 s; and sooner than what was put off. */
const HOPE_MS = 40_000;

/** Mum has tapped; nothing gets through, and the page itself would try again only much later. */
async function tapInVain(page: Page, mayHear: () => boolean = () => false): Promise<{ circleId: string }> {
  await page.routeWebSocket('**/v1/live', (socket) => (mayHear() ? void socket.connectToServer() : socket.close()));
  const { circleId } = await startAtHome(page);
  await page.route('**/v1/statuses', (route) => route.abort());
  await tap(page, 'ok');
  await waitUntilTried(page, 1);
  return { circleId };
}

async function waitUntilTried(page: Page, times: number): Promise<void> {
  // Or more: what fails is tried again within a second or two, and a slow machine looks only later.
  await waitFor(async () => ((await readOutbox(page))[0]?.attempts ?? 0) >= times);
  await putOffOutbox(page, PUT_OFF_MS);
}

/** The network is back. @returns whether it was sent then */
async function isSentAfter(page: Page, hope: () => Promise<unknown> | undefined): Promise<boolean> {
  const sent = page.waitForResponse((response) => response.url().endsWith('/v1/statuses'), { timeout: HOPE_MS });
  await page.unroute('**/v1/statuses');
  await hope();
  return (await sent).status() === 202;
}

describe('what waits in the outbox', () => {
  it.each(['online', 'visibilitychange'])('goes out at once on %s', async (sign) => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await tapInVain(page);
    const hope = () =>
      page.evaluate((name) => {
        (name === 'online' ? globalThis : document).dispatchEvent(new Event(name));
      }, sign);
    expect(await isSentAfter(page, hope)).toBe(true);
  });

  it('goes out when a page is opened', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await tapInVain(page);
    expect(await isSentAfter(page, () => page.goto('/help'))).toBe(true);
  });

  it.each(['the start page', 'a board'])('goes out when the live connection of %s comes through', async (where) => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    let mayHear = false;
    const { circleId } = await tapInVain(page, () => mayHear);
    if (where === 'a board') {
      await page.goto(`/circles/${circleId}`);
      await waitUntilTried(page, 2);
    }
    const hear = async () => {
      mayHear = true;
    };
    expect(await isSentAfter(page, hear)).toBe(true);
  });
});
