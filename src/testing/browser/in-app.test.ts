import { expect, it } from 'vitest';
import { createCircle, createClient, must } from '../client.ts';
import { openPhone } from './open-browser.ts';
import { IN_INSTAGRAM, IN_LINE } from './screens.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode } from './walk.ts';

const service = useRunning();
const browser = useBrowser();

async function invite(): Promise<string> {
  const ken = await createClient(service, { nickname: 'Ken' });
  const circle = await createCircle(ken);
  return (await must<{ token: string }>(ken, 201, 'POST', `/v1/circles/${circle.id}/invites`, {})).token;
}

it('an invite that is opened inside of LINE leads to the phone’s own browser, where one joins and is not asked again', async () => {
  const token = await invite();
  const { page: inLine } = await openPhone(browser, service.origin, { userAgent: IN_LINE, javaScriptEnabled: false });
  await inLine.goto(`/join/${token}`);
  const out = await inLine.locator('#outside a').evaluate((link) => (link as HTMLAnchorElement).href);
  expect(out).toBe(`${service.origin}/join/${token}?openExternalBrowser=1`);

  // What LINE does with such a link: it opens it there, query and all.
  const { page: outside } = await openPhone(browser, service.origin);
  await outside.goto(out);
  expect(await outside.locator('#outside').count()).toBe(0);
  await outside.fill('input[name=nickname]', 'Mum');
  await outside.click('form[action^="/join/"] button');
  await keepCode(outside);
  await outside.locator('.row', { hasText: 'Mum' }).waitFor();
});

it('who goes on inside of an app can join there, and learns on the page of the alerts how to leave', async () => {
  const token = await invite();
  const { page } = await openPhone(browser, service.origin, { userAgent: IN_INSTAGRAM });
  await page.goto(`/join/${token}`);
  expect(await page.textContent('#outside')).toContain('You are inside Instagram.');
  expect(await page.locator('#outside a').count()).toBe(0);
  await page.fill('input[name=nickname]', 'Mum');
  await page.click('form[action^="/join/"] button');
  await keepCode(page);

  await page.goto('/alerts');
  expect(await page.textContent('#outside')).toMatch(/No alerts come inside Instagram. Open Buji in Chrome/);
  expect(await page.locator('#install-section details[open]').count()).toBe(0);
  await page.click('#outside a[href="/move"]');
  await page.click('form[action="/move"] button');
  const code = (await page.textContent('#transfer-code')) ?? '';

  const { page: chrome } = await openPhone(browser, service.origin);
  await chrome.goto('/alerts');
  await chrome.click('main a[href^="/recover"]');
  await chrome.fill('input[name=recoveryCode]', code);
  await chrome.click('form[action="/recover"] button');
  await chrome.goto('/settings');
  expect(await chrome.inputValue('input[name=nickname]')).toBe('Mum');
});
