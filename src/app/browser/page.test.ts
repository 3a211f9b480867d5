import { expect, it, vi } from 'vitest';
import type { BrowserData } from '../browser-data.ts';
import { readPage } from './page.ts';

const AHEAD_MS = 3 * 3_600_000;

/** As much of a document as is read. */
function documentOf(data: Pick<BrowserData, 'now' | 'locale' | 'timeZone' | 'messages'>, isCopy: boolean): Document {
  const textContent = JSON.stringify(data);
  return { getElementById: () => ({ textContent }), body: { hasAttribute: () => isCopy } } as unknown as Document;
}

it.each([false, true])('goes by the time of the service, which a copy learns later (copy: %s)', (isCopy) => {
  const service = Date.parse('2026-03-11T05:46:18.000Z');
  vi.useFakeTimers({ now: service + AHEAD_MS });
  try {
    const page = readPage(documentOf({ now: service, locale: 'en', timeZone: 'UTC', messages: {} }, isCopy));
    expect(page.now() - service).toBe(isCopy ? AHEAD_MS : 0);
    expect(page.trueAt).toBe(service);
    page.setTime(service);
    vi.advanceTimersByTime(60_000);
    expect(page.now() - service).toBe(60_000);
    expect(page.words().now).toBe(page.now());
  } finally {
    vi.useRealTimers();
  }
});
