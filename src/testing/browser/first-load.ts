import type { Page } from 'playwright-core';

/** What the first look at a page costs on the network, up to the `load` event: headers and packed bodies. */
export interface FirstLoad {
  requests: number;
  bytes: number;
  /** What it must have before it can be read and used: all but the script. */
  readableBytes: number;
}

/** The largest first load, by measure. */
export const FIRST_LOAD_LIMITS: FirstLoad = { requests: 5, bytes: 30_000, readableBytes: 14_000 };

/** Looks at a page for the first time: `page` is of a phone that has never been here. */
export async function measureFirstLoad(page: Page, path: string): Promise<FirstLoad> {
  const session = await page.context().newCDPSession(page);
  const bytes = new Map<string, number>();
  const names = new Map<string, string>();
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, new URL(request.url).pathname));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    bytes.set(names.get(requestId) ?? '', encodedDataLength),
  );
  await page.goto(path, { waitUntil: 'load' });
  const sizes = [...bytes];
  const sum = (some: [string, number][]) => some.reduce((total, [, size]) => total + size, 0);
  return {
    requests: names.size,
    bytes: sum(sizes),
    readableBytes: sum(sizes.filter(([name]) => !name.endsWith('.js'))),
  };
}
