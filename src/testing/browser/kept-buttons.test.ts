import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createCircle, createClient } from '../client.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { goOffline, untilForgotten, untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { join, makeCircle, start } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** As the page that has them. */
const BUTTONS = /id="post-status"/;

/** Opens the app as from the home screen, with no network. */
async function openOffline(page: Page): Promise<void> {
  await untilActivated(page);
  await goOffline(page);
  await page.goto('/');
  await page.locator('body[data-copy]').waitFor();
  expect(await page.locator('button.condition').count()).toBe(4);
}

describe('the four buttons are on a phone that has lost its network', () => {
  it('after starting, making a circle and joining it, though nobody has opened their page', async () => {
    const mum = await openPhone(browser, service.origin);
    await start(mum.page, 'Mum');
    await untilActivated(mum.page);
    const { inviteUrl } = await makeCircle(mum.page, 'Family');
    await untilKept(mum.page, '/', BUTTONS);
    await openOffline(mum.page);

    const ken = await openPhone(browser, service.origin);
    await ken.page.goto(inviteUrl);
    await untilActivated(ken.page);
    await join(ken.page, inviteUrl, 'Ken');
    await untilKept(ken.page, '/', BUTTONS);
    await openOffline(ken.page);
  });

  it('after a single page, which came before the service worker', async () => {
    const mum = await createClient(service, { nickname: 'Mum' });
    const circle = await createCircle(mum);
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.addCookies([{ name: 'session', value: mum.token, url: service.origin }]);
    await page.goto(`/circles/${circle.id}`);
    await untilKept(page, '/', BUTTONS);
    await openOffline(page);
  });

  it('after a change of what all pages look like, as the last thing that was done', async () => {
    const { page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await untilActivated(page);
    await page.goto('/');
    await untilKept(page, '/', BUTTONS);
    await page.goto('/settings');
    await page.click('form.text-sizes button[value=large]');
    await page.locator('html.size-large').waitFor();
    await untilKept(page, '/', /size-large/);
    await openOffline(page);
    await page.locator('html.size-large').waitFor();
  });
});

describe('a form that is sent without a network', () => {
  async function openMum(): Promise<{ phone: BrowserContext; page: Page }> {
    const { phone, page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await untilActivated(page);
    await page.goto('/');
    await untilKept(page, '/', BUTTONS);
    return { phone, page };
  }

  it('leaves the buttons where it only changes the language, and leads back to them', async () => {
    const { phone, page } = await openMum();
    await goOffline(page);
    await page.click('form.languages button[value=ja]');
    await page.locator('h1', { hasText: 'Buji cannot be reached' }).waitFor();
    await page.click('a.brand');
    await page.locator('body[data-copy] button.condition').first().waitFor();

    await phone.setOffline(false);
    await page.goto('/settings');
    await page.click('form.languages button[value=ja]');
    await page.locator('html[lang=ja]').waitFor();
    await untilKept(page, '/', /<html[^>]* lang="ja"/);
  });

  it('leaves nothing where it may sign somebody out', async () => {
    const { page } = await openMum();
    await page.goto('/settings');
    await goOffline(page);
    await page.click('form[action="/sign-out"] button');
    await page.locator('h1', { hasText: 'Buji cannot be reached' }).waitFor();
    await untilForgotten(page, '/');
  });
});
