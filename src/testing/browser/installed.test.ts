import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { countQuestions, readQuestions } from './alerts-on-phone.ts';
import { openPhone, openPhoneAt } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { start } from './walk.ts';

let profile: string;
const service = useRunning({ topology: 'one' });
const browser = useBrowser();
/** One phone twice: as an app from the home screen, and as a page in the browser. */
let app: BrowserContext;
let page: Page;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'buji-profile-'));
  app = await openPhoneAt(profile, service.origin, { isInstalled: true });
  page = app.pages()[0] as Page;
  await countQuestions(app);
});
afterAll(async () => {
  await app?.close();
  await rm(profile, { recursive: true, force: true });
});

describe('Buji on the home screen', () => {
  it('has the way in on top for whoever it does not know, who may well be known to the browser', async () => {
    await page.goto('/');
    expect(await page.locator('.installed a[href="/recover"]').isVisible()).toBe(true);
    const { page: inBrowser } = await openPhone(browser, service.origin);
    await inBrowser.goto('/');
    expect(await inBrowser.locator('.installed').isVisible()).toBe(false);
  });

  it('asks once for its store to be kept, and shows no steps of what is done', async () => {
    await start(page, 'Mum');
    await page.goto('/alerts');
    await page.locator('#alerts-reached:not([hidden])').waitFor();
    expect(await page.locator('#install-section').count()).toBe(0);
    await waitFor(async () => (await readQuestions(page)).keep > 0);
    expect(await readQuestions(page)).toEqual({ alerts: 0, keep: 1 });

    const { phone, page: inBrowser } = await openPhone(browser, service.origin);
    await countQuestions(phone);
    await start(inBrowser, 'Ken');
    await inBrowser.goto('/alerts');
    await inBrowser.locator('#alerts-reached:not([hidden])').waitFor();
    expect(await inBrowser.locator('#install-section li').count()).toBeGreaterThan(0);
    expect(await readQuestions(inBrowser)).toEqual({ alerts: 0, keep: 0 });
  });
});
