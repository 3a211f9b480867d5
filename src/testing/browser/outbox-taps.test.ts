import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { openPhone } from './open-browser.ts';
import { readOutbox } from './phone-outbox.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, start } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** So far apart that no clock takes the two taps for the same moment. */
const APART_MS = 40;

/**
 * Runs in the page before its own script: taps OK and then help as soon as that script listens, and lets the store be opened
 * only then, as a slow phone does.
 */
function tapBeforeStoreOpens(apartMs: number): void {
  const { open } = IDBFactory.prototype;
  let letOpen: (() => void) | undefined;
  IDBFactory.prototype.open = function (...names) {
    const held = {} as { onsuccess?: () => void };
    letOpen = () => {
      IDBFactory.prototype.open = open;
      const request = open.apply(this, names);
      request.onsuccess = () => {
        Object.assign(held, { result: request.result });
        held.onsuccess?.();
      };
    };
    return held as unknown as IDBOpenDBRequest;
  };
  addEventListener('DOMContentLoaded', () => {
    document.querySelector<HTMLButtonElement>('button.condition.ok')?.click();
    const until = Date.now() + apartMs;
    while (Date.now() < until);
    document.querySelector<HTMLButtonElement>('button.condition.help')?.click();
    letOpen?.();
  });
}

describe('taps in quick succession', () => {
  it('are one where the second comes before the first is written down', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.goto('/');
    await page.locator('button.condition.help').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.locator('#outbox [data-state=sent]').waitFor();
    // A second one would have been written down before either was sent.
    expect((await readOutbox(page)).map(({ condition }) => condition)).toEqual(['help']);
  });

  it('are dated by when they were tapped, and not by when the phone’s store has opened', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.addInitScript(tapBeforeStoreOpens, APART_MS);
    await page.goto('/');
    await page.locator('#outbox [data-state=sent] .badge.help').waitFor();
    await waitFor(async () => (await readOutbox(page)).every(({ state }) => state === 'sent'));
    const [ok, help] = (await readOutbox(page)).sort((a, b) => a.savedAt - b.savedAt);
    expect([ok?.condition, help?.condition]).toEqual(['ok', 'help']);
    expect((help?.savedAt ?? 0) - (ok?.savedAt ?? 0)).toBeGreaterThanOrEqual(APART_MS);
  });
});
