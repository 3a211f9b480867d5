import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPhone, untilActivated } from './open-browser.ts';
import { untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, start } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** Somebody with a circle, at the four buttons, which the phone keeps. */
async function openMum(): Promise<{ phone: BrowserContext; page: Page }> {
  const { phone, page } = await openPhone(browser, service.origin);
  await start(page, 'Mum');
  await makeCircle(page, 'Family');
  await untilActivated(page);
  await page.goto('/');
  await untilKept(page, '/', /id="post-status"/);
  return { phone, page };
}

describe('a form that gets no answer', () => {
  it('is said not to be sent for certain, with the way back to it; a page that cannot be opened is another matter', async () => {
    const { phone, page } = await openMum();
    const [unsent, missing] = ['This was not sent, or no answer came.', 'This page is not saved on this phone.'].map((text) =>
      page.getByText(text),
    );
    await phone.setOffline(true);
    await page.click('form.languages button[value=ja]');
    await unsent?.waitFor();
    expect(await missing?.isVisible()).toBe(false);
    await page.click('[data-back]');
    await page.locator('body[data-copy] button.condition').first().waitFor();
    await page.goto('/settings');
    await missing?.waitFor();
    expect(await unsent?.isVisible()).toBe(false);
    expect(await page.locator('[data-back]').isVisible()).toBe(false);
  });
});
