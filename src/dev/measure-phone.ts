import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openPhone, type PhoneOptions, untilActivated } from '../testing/browser/open-browser.ts';
import { waitFor } from '../testing/wait-for.ts';

/** The phone that everything is slow for: 400 ms to the service, 400 kbit/s, a sixth of this machine's speed. */
const SLOW = { latencyMs: 400, bytesPerSecond: 50_000, cpuSlowdown: 6 };

/** Whose phone it is; null for somebody who was never here. */
export type Token = string | null;

/** A phone with nothing on it but, perhaps, a sign-in. */
export async function openSignedIn(browser: Browser, origin: string, token: Token, options: PhoneOptions = {}) {
  const opened = await openPhone(browser, origin, options);
  if (token) await opened.phone.addCookies([{ name: 'session', value: token, url: origin }]);
  return opened;
}

/** Makes a page's network and processor those of the slow phone, or only its processor. */
export async function slowDown(page: Page, { network = true } = {}): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpuSlowdown });
  if (!network) return;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: SLOW.latencyMs,
    downloadThroughput: SLOW.bytesPerSecond,
    uploadThroughput: SLOW.bytesPerSecond,
  });
}

/** From the start of the navigation to the first text on the screen, in milliseconds. */
export async function measureFirstPaint(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: 'commit' });
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  return (await page.waitForFunction(paint)).jsonValue() as Promise<number>;
}

/** From a finger on a button of the open start page to the words that it is saved, on the screen, in milliseconds. */
export async function measureTap(page: Page, condition: string): Promise<number> {
  const button = page.locator(`button.condition.${condition}`);
  await button.waitFor();
  await page.evaluate(() => {
    const place = document.getElementById('outbox') as HTMLElement;
    const list = () => [...place.querySelectorAll('[data-entry]')].map((entry) => entry.getAttribute('data-entry'));
    const press = ({ timeStamp }: PointerEvent) => {
      const before = list();
      const observer = new MutationObserver(() => {
        if (list().every((id) => before.includes(id))) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { savedMs: performance.now() - timeStamp })));
      });
      observer.observe(place, { childList: true, subtree: true });
    };
    Object.assign(globalThis, { savedMs: 0 });
    addEventListener('pointerdown', press, { once: true, capture: true });
  });
  await button.tap();
  return (await page.waitForFunction(() => (globalThis as { savedMs?: number }).savedMs)).jsonValue() as Promise<number>;
}

/** Has the phone keep some pages, as whoever was here before. */
export async function keepPages(phone: BrowserContext, page: Page, paths: string[]): Promise<void> {
  await page.goto('/alerts');
  await untilActivated(page);
  for (const path of paths) {
    await page.goto(path);
    await waitFor(() => page.evaluate(async (kept) => Boolean(await caches.match(kept)), path));
  }
  await page.close();
  if (phone.pages().length > 0) throw new Error('a phone with one page was expected');
}

/** What the script of an open page holds, after a collection of its garbage, in bytes. */
export async function measureHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
