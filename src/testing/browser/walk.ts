import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Becomes known under a nickname, as somebody who found the start page, in the language chosen there or in the browser's. Ends
 * where a first circle is made.
 */
export async function start(page: Page, nickname: string, locale?: string): Promise<{ recoveryCode: string }> {
  await page.goto('/');
  if (locale) await page.selectOption('form[action="/start"] select[name=locale]', locale);
  await page.fill('input[name=nickname]', nickname);
  await page.click('form[action="/start"] button');
  return keepCode(page);
}

/** Notes the recovery code down and goes on. */
export async function keepCode(page: Page): Promise<{ recoveryCode: string }> {
  expect(new URL(page.url()).pathname, (await page.textContent('main')) ?? '').toBe('/welcome');
  const recoveryCode = (await page.textContent('#recovery-code code')) ?? '';
  await page.click('form[action="/welcome"] button');
  // Clicking waits until the next page has begun, and no longer.
  await page.waitForLoadState();
  return { recoveryCode };
}

/** Makes a circle, and the link into it. Ends on the page that shows the link. */
export async function makeCircle(page: Page, name: string): Promise<{ inviteUrl: string; circleId: string }> {
  await page.goto('/circles/new');
  await page.fill('input[name=name]', name);
  await page.click('form[action="/circles"] button');
  await page.click('form[action$="/invites"] button');
  const inviteUrl = await page.inputValue('#invite-url');
  const circleId = new URL(page.url()).pathname.split('/')[2] ?? '';
  return { inviteUrl, circleId };
}

/** Mum, known and alone in a circle, with the four buttons before her. */
export async function startAtHome(page: Page): Promise<{ inviteUrl: string; circleId: string }> {
  await start(page, 'Mum');
  const circle = await makeCircle(page, 'Family');
  await page.goto('/');
  return circle;
}

/** Joins by a link as somebody new, and ends on the board of that circle. */
export async function join(page: Page, inviteUrl: string, nickname: string): Promise<{ recoveryCode: string }> {
  await page.goto(inviteUrl);
  await page.fill('input[name=nickname]', nickname);
  await page.click('form[action^="/join/"] button');
  return keepCode(page);
}

/** The row of a member on an open board. */
export function rowOf(page: Page, nickname: string) {
  return page.locator('.row', { has: page.locator('.who a', { hasText: nickname }) });
}

/** Taps one of the four buttons of the open start page. */
export async function tap(page: Page, condition: 'ok' | 'evacuated' | 'hurt' | 'help'): Promise<void> {
  await page.tap(`button.condition.${condition}`);
}
