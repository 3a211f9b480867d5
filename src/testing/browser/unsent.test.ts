import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPhone, untilActivated } from './open-browser.ts';
import { readOutbox } from './phone-outbox.ts';
import { goOffline, untilForgotten, untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode, makeCircle, start, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** Somebody with a circle, at the four buttons, which the phone keeps. */
async function openMum(): Promise<{ phone: BrowserContext; page: Page; recoveryCode: string }> {
  const { phone, page } = await openPhone(browser, service.origin);
  const { recoveryCode } = await start(page, 'Mum');
  await makeCircle(page, 'Family');
  await untilActivated(page);
  await page.goto('/');
  await untilKept(page, '/', /id="post-status"/);
  return { phone, page, recoveryCode };
}

describe('a call for help whose author is signed out before it is sent', () => {
  const WAITING = 'Waiting on this phone to be sent: 1';

  it('is told of to whoever has the phone, as one thing that waits, until its author signs in and it goes out', async () => {
    const { phone, page, recoveryCode } = await openMum();
    await goOffline(page);
    await page.reload();
    await page.locator('body[data-copy] button.condition').first().waitFor();
    await tap(page, 'help');
    await page.locator('#outbox [data-state=waiting]').waitFor();
    await phone.clearCookies();
    await phone.setOffline(false);

    // The copy is gone by itself.
    await page.locator('input[name=nickname]').waitFor();
    const told = page.locator('#outbox', { hasText: WAITING });
    await told.waitFor();
    expect(await told.textContent()).toBe(`${WAITING}Sign in with your code, then it goes out.Sign in with a code`);
    expect(await page.textContent('#announce')).toBe(`${WAITING}. Sign in with your code, then it goes out.`);
    await untilForgotten(page, '/');

    await goOffline(page);
    await page.goto('/');
    await page.locator('h1', { hasText: 'Buji cannot be reached' }).waitFor();
    await told.waitFor();
    expect(await told.locator('.badge').count()).toBe(0);
    await phone.setOffline(false);

    // Somebody else's phone for a while: nothing is shown or sent.
    await start(page, 'Ken');
    await makeCircle(page, 'Another');
    await page.goto('/');
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent]').waitFor();
    expect(await page.locator('#outbox li').count()).toBe(1);
    expect(await page.textContent('main')).not.toContain('Waiting on this phone');
    expect((await readOutbox(page)).find(({ condition }) => condition === 'help')?.state).not.toBe('sent');
    await page.goto('/settings');
    await page.click('form[action="/sign-out"] button');

    await told.waitFor();
    await told.locator('a').click();
    await page.waitForURL('**/recover');
    await told.waitFor();
    expect(await told.locator('a').count()).toBe(0);
    await page.fill('input[name=recoveryCode]', recoveryCode);
    await page.click('form[action="/recover"] button');
    await keepCode(page);
    await page.goto('/');
    await page.locator('#last .badge.help, #outbox [data-state=sent] .badge.help').first().waitFor();
    expect((await readOutbox(page)).map(({ condition, state }) => [condition, state])).toEqual([['help', 'sent']]);
  });
});

describe('a form that gets no answer', () => {
  it('is said to be done or not, with the way back to it; a page that cannot be opened is another matter', async () => {
    const { page } = await openMum();
    const [unsent, missing] = ['It may or may not have been done.', 'This page is not saved on this phone.'].map((text) =>
      page.getByText(text),
    );
    await goOffline(page);
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
