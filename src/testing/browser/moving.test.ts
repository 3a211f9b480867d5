import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Export } from '../../contract/export.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { goOffline, untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode, makeCircle, start } from './walk.ts';

const service = useRunning();
const browser = useBrowser();

/** Makes a transfer code on a phone that is signed in. */
async function makeCode(page: Page): Promise<{ code: string; url: string }> {
  await page.goto('/settings');
  await page.click('a[href="/move"]');
  await page.click('form[action="/move"] button');
  return { code: (await page.textContent('#transfer-code')) ?? '', url: await page.inputValue('#transfer-url') };
}
const nicknameOn = async (page: Page) => {
  await page.goto('/settings');
  return page.inputValue('input[name=nickname]');
};

describe.each([true, false])('moving to another phone (with script: %s)', (javaScriptEnabled) => {
  const options = { javaScriptEnabled };

  it('goes by the link, which previews do not use up, and works once', async () => {
    const first = await openPhone(browser, service.origin, options);
    await start(first.page, 'Mum');
    const { url } = await makeCode(first.page);
    await first.page.locator('.qr svg').waitFor();
    for (const _ of ['a messenger', 'another']) expect((await fetch(url)).status).toBe(200);

    const second = await openPhone(browser, service.origin, options);
    await second.page.goto(url);
    await second.page.click('form[action^="/move/"] button');
    await second.page.waitForLoadState();
    expect(await second.page.textContent('main')).toContain('signed in here as Mum');
    expect(await nicknameOn(second.page)).toBe('Mum');
    expect(await second.page.locator('.devices li').count()).toBe(2);
    expect(await nicknameOn(first.page)).toBe('Mum');

    const third = await openPhone(browser, service.origin, options);
    expect((await third.page.goto(url))?.status()).toBe(401);
    expect(await third.page.textContent('h1')).toBe('This code does not work any more');
  });

  it('goes by the code as it is typed, where no camera helps', async () => {
    const first = await openPhone(browser, service.origin, options);
    await start(first.page, 'Mum');
    const { code } = await makeCode(first.page);
    const second = await openPhone(browser, service.origin, options);
    await second.page.goto('/');
    await second.page.click('a[href="/recover"] >> visible=true');
    await second.page.fill('input[name=recoveryCode]', 'AAAA BBBB CCCC DDDD');
    await second.page.click('form[action="/recover"] button');
    await second.page.locator('.refusal').waitFor();
    await second.page.fill('input[name=recoveryCode]', code.toLowerCase().replaceAll('-', ' '));
    await second.page.click('form[action="/recover"] button');
    await second.page.click('main a[href="/"]');
    expect(await second.page.textContent('h1')).toBe('How are you?');
    expect(await nicknameOn(second.page)).toBe('Mum');
  });

  it('says who is signed in on the other phone, and asks', async () => {
    const first = await openPhone(browser, service.origin, options);
    await start(first.page, 'Mum');
    const { url } = await makeCode(first.page);
    await first.page.goto(url);
    expect(await first.page.textContent('main')).toContain('already');
    const second = await openPhone(browser, service.origin, options);
    await start(second.page, 'Ken');
    await second.page.goto(url);
    expect(await second.page.textContent('.notice')).toContain('This phone is signed in as Ken');
    await second.page.click('form[action^="/move/"] button');
    expect(await nicknameOn(second.page)).toBe('Mum');
  });

  it('signs a device out from another one', async () => {
    const first = await openPhone(browser, service.origin, options);
    await start(first.page, 'Mum');
    const second = await openPhone(browser, service.origin, options);
    await second.page.goto((await makeCode(first.page)).url);
    await second.page.click('form[action^="/move/"] button');
    await first.page.goto('/settings');
    await first.page.click('form[action^="/devices/"][action$="/sign-out"] button');
    await first.page.waitForURL('**/settings');
    expect(await first.page.locator('.devices li').count()).toBe(1);
    expect((await second.page.goto('/settings'))?.status()).toBe(401);
  });

  it('saves the recovery code and the own data as files', async () => {
    const { page } = await openPhone(browser, service.origin, options);
    await page.goto('/');
    await page.fill('input[name=nickname]', 'Mum');
    await page.click('form[action="/start"] button');
    const code = await save(page, 'a[href="/welcome/buji-code.txt"]');
    expect(code.name).toBe('buji-code.txt');
    const { recoveryCode } = await keepCode(page);
    expect(code.text).toContain(recoveryCode);
    await page.goto('/settings');
    const data = await save(page, 'a[href="/v1/me/export"]');
    expect(data.name).toMatch(/^buji-.*\.json$/);
    expect((JSON.parse(data.text) as Export).person.nickname).toBe('Mum');
  });

  it('erases oneself after a tick, and not by the button alone', async () => {
    const { page } = await openPhone(browser, service.origin, options);
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.goto('/settings');
    await page.click('a[href="/erase"]');
    await page.click('form[action="/erase"] button');
    expect(new URL(page.url()).pathname).toBe('/erase');
    await page.check('input[name=sure]');
    await page.click('form[action="/erase"] button');
    await page.waitForURL('**/erased');
    expect(await page.textContent('h1')).toBe('You are erased');
    expect((await page.goto('/settings'))?.status()).toBe(401);
  });
});

async function save(page: Page, link: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('the page of the emergency numbers', () => {
  it('opens without a connection, in the language and with the numbers that were chosen last', async () => {
    const { page } = await openPhone(browser, service.origin);
    await page.goto('/');
    await untilActivated(page);
    await page.click('footer a[href="/help"]');
    await page.waitForLoadState();
    expect(await page.locator('a[href="tel:119"]').count()).toBe(1);
    await page.selectOption('select[name=country]', 'KR');
    await page.click('form[action="/country"] button');
    await page.locator('a[href="tel:112"]').waitFor();
    await page.click('button[value=vi]');
    await page.waitForSelector('html[lang=vi]');
    await untilKept(page, '/help', /<html[^>]* lang="vi"/);
    await goOffline(page);
    await page.goto('/help');
    expect(await page.getAttribute('html', 'lang')).toBe('vi');
    expect(await page.locator('.numbers a').allTextContents()).toEqual(['119 Cứu hỏa, cấp cứu', '112 Cảnh sát']);
  });

  it.each(['sign out', 'erase oneself'])('has nothing of the country of those who %s for whoever comes next', async (way) => {
    const { phone, page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await untilActivated(page);
    await page.goto('/help');
    await page.selectOption('select[name=country]', 'KR');
    await page.click('form[action="/country"] button');
    await page.locator('a[href="tel:112"]').waitFor();
    await page.goto(way === 'sign out' ? '/settings' : '/erase');
    if (way === 'sign out') await page.click('form[action="/sign-out"] button');
    else {
      await page.check('input[name=sure]');
      await page.click('form[action="/erase"] button');
    }
    await page.waitForURL(way === 'sign out' ? '**/' : '**/erased');
    await page.goto('/help');
    expect(await page.locator('.numbers a').allTextContents()).toEqual(['119 Fire, ambulance', '110 Police', '171']);
    expect((await phone.cookies()).map(({ name }) => name)).not.toContain('profile-country');
    await untilKept(page, '/offline', /tel:110/);
    await goOffline(page);
    await page.goto('/settings');
    expect(await page.locator('a[href="tel:112"]').count()).toBe(0);
  });

  it('is kept by whoever never opened it', async () => {
    const { page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await untilActivated(page);
    await goOffline(page);
    await page.goto('/help');
    expect(await page.locator('a[href="tel:119"]').count()).toBe(1);
  });
});
