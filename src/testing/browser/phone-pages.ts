import type { Page } from 'playwright-core';
import { waitFor } from '../wait-for.ts';

/** The page that this phone keeps under a path, as HTML; null where it keeps none. */
export function readKeptPage(page: Page, path: string): Promise<string | null> {
  return page.evaluate(async (each) => (await (await caches.match(each))?.text()) ?? null, path);
}

/**
 * Waits until this phone keeps the page under a path, and what `part` matches is in it. (`page.waitForFunction` takes the promise
 * of an asynchronous function for the truth, and waits for nothing.)
 */
export async function untilKept(page: Page, path: string, part = /<body/): Promise<void> {
  const describe = `${path} on the phone, with ${part}`;
  await waitFor(async () => part.test((await readKeptPage(page, path)) ?? ''), { timeoutMs: 15_000, describe });
}

/** Waits until this phone keeps no page under a path any more. */
export async function untilForgotten(page: Page, path: string): Promise<void> {
  await waitFor(async () => (await readKeptPage(page, path)) === null, { describe: `${path} gone from the phone` });
}

/**
 * Takes the network from the phone of a page, whose service worker is asked for pages next. The browser takes it from the page and
 * from the worker one after the other: it is gone when the worker, asked for a page that it would fetch, has none.
 */
export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  const ask = () =>
    fetch('/circles/00000000-0000-7000-8000-000000000000').then(
      () => false,
      () => true,
    );
  await waitFor(() => page.evaluate(ask), { describe: 'the service worker without a network' });
}
