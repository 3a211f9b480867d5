import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { openPhone } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { join, makeCircle, rowOf, start, tap } from './walk.ts';

const service = useRunning();
const browser = useBrowser();

describe('two phones of 360×640', () => {
  it('make a circle, join it by the link, and see an OK on the other’s board as it happens', async () => {
    const mum = await openPhone(browser, service.origin);
    const ken = await openPhone(browser, service.origin, { locale: 'ja-JP' });
    const { recoveryCode } = await start(mum.page, 'Mum');
    expect(recoveryCode.length).toBeGreaterThan(20);
    const { inviteUrl, circleId } = await makeCircle(mum.page, '山田家');
    await mum.page.locator('.qr svg').waitFor();
    await mum.page.click('[data-copies]');
    await mum.page.locator('[data-copies]', { hasText: 'Copied' }).waitFor();

    await join(ken.page, inviteUrl, 'Ken');
    expect(new URL(ken.page.url()).pathname).toBe(`/circles/${circleId}`);

    await mum.page.goto(`/circles/${circleId}`);
    await mum.page.locator('.live').waitFor();
    await mum.page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
    await ken.page.goto('/');
    await tap(ken.page, 'ok');

    await rowOf(mum.page, 'Ken').locator('.badge.ok').waitFor();
    expect(await mum.page.locator('body[data-not-reloaded]').count()).toBe(1);
    expect(await mum.page.locator('.counts .ok b').textContent()).toBe('1');
    expect(await mum.page.locator('#announce').textContent()).toBe('Ken: OK');
    await ken.page.locator('#outbox [data-state=sent]').waitFor();

    await ken.page.goto(`/circles/${circleId}`);
    await rowOf(ken.page, 'Ken').locator('button').click();
    await rowOf(mum.page, 'Ken').locator('.badge.ok').waitFor({ state: 'detached' });
  });

  it('does the same without JavaScript, by loading the board again, and takes it back', async () => {
    const options = { javaScriptEnabled: false };
    const mum = await openPhone(browser, service.origin, options);
    const ken = await openPhone(browser, service.origin, options);
    await start(mum.page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(mum.page, 'Family');
    await join(ken.page, inviteUrl, 'Ken');

    await ken.page.goto('/');
    await ken.page.locator('summary').click();
    await ken.page.fill('textarea[name=note]', 'at the school');
    await tap(ken.page, 'evacuated');
    expect(new URL(ken.page.url()).pathname).toBe('/');
    await ken.page.locator('#last .badge.evacuated').waitFor();

    await waitFor(async () => {
      await mum.page.goto(`/circles/${circleId}`);
      return (await rowOf(mum.page, 'Ken').locator('.badge.evacuated').count()) === 1;
    });
    expect(await rowOf(mum.page, 'Ken').textContent()).toContain('at the school');

    await ken.page.click('#last form[action$="/retract"] button');
    await ken.page.waitForLoadState();
    expect(new URL(ken.page.url()).pathname).toBe('/');
    expect(await ken.page.locator('#last .badge').count()).toBe(0);
    await waitFor(async () => {
      await mum.page.goto(`/circles/${circleId}`);
      return (await rowOf(mum.page, 'Ken').locator('.badge').count()) === 0;
    });
  });

  it('takes a second press of the same page for the same status', async () => {
    const { page } = await openPhone(browser, service.origin, { javaScriptEnabled: false });
    await start(page, 'Aki');
    await makeCircle(page, 'Family');
    await page.goto('/');
    const id = await page.inputValue('input[name=id]');
    const circle = await page.inputValue('input[name=circles]');
    for (const condition of ['ok', 'ok', 'help']) {
      const form = { id, condition, audience: 'chosen', circles: circle };
      await page.request.post('/statuses', { form, headers: { origin: service.origin }, maxRedirects: 0 });
    }
    await page.goto(`/circles/${circle}`);
    await waitFor(async () => {
      await page.reload();
      return (await rowOf(page, 'Aki').locator('.badge.help').count()) === 1;
    });
    await page.click('.who a');
    await page.waitForLoadState();
    expect(await page.locator('.row').count()).toBe(2);
  });
});

describe('a link', () => {
  it('goes to the phone’s own way of sharing', async () => {
    const { page } = await openPhone(browser, service.origin);
    await page.addInitScript(() => {
      navigator.share = async (data) => void Object.assign(globalThis, { shared: data });
    });
    await start(page, 'Mum');
    const { inviteUrl } = await makeCircle(page, 'Family');
    await page.click('[data-share]');
    expect(await page.evaluate(() => (globalThis as unknown as { shared: unknown }).shared)).toEqual({ url: inviteUrl });
  });
});

describe('a page', () => {
  it('changes its language without JavaScript, and stays where it was', async () => {
    const { page } = await openPhone(browser, service.origin, { javaScriptEnabled: false });
    await page.goto('/recover');
    await page.click('button[value=ja-easy]');
    await page.waitForLoadState();
    expect(new URL(page.url()).pathname).toBe('/recover');
    expect(await page.locator('h1 ruby').count()).toBeGreaterThan(0);
    await page.click('button[value=ja]');
    expect(await page.textContent('h1')).toBe('コードでサインイン');
  });

  it('signs in on another phone by the recovery code, which then is a new one', async () => {
    const first = await openPhone(browser, service.origin);
    const { recoveryCode } = await start(first.page, 'Mum');
    const second = await openPhone(browser, service.origin, { javaScriptEnabled: false });
    await second.page.goto('/recover?next=/settings');
    await second.page.fill('input[name=recoveryCode]', 'XXXX-XXXX-XXXX-XXXX-XXXX-XXXX');
    await second.page.click('form[action="/recover"] button');
    await second.page.locator('.refusal').waitFor();
    await second.page.fill('input[name=recoveryCode]', recoveryCode.toLowerCase());
    await second.page.click('form[action="/recover"] button');
    expect(await second.page.textContent('#recovery-code code')).not.toBe(recoveryCode);
    await second.page.click('form[action="/welcome"] button');
    await second.page.waitForLoadState();
    expect(new URL(second.page.url()).pathname).toBe('/settings');
    expect(await second.page.inputValue('input[name=nickname]')).toBe('Mum');
    expect(await second.page.locator('.devices li').count()).toBe(2);
  });

  it('signs in by a link, whose code then stands in the field and no longer in the address', async () => {
    const first = await openPhone(browser, service.origin);
    const { recoveryCode } = await start(first.page, 'Mum');
    const { page } = await openPhone(browser, service.origin);
    await page.goto(`/recover?next=/settings#code=${recoveryCode}`);
    await page.waitForURL((url) => url.hash === '');
    expect(await page.inputValue('input[name=recoveryCode]')).toBe(recoveryCode);
    await page.click('form[action="/recover"] button');
    await page.click('form[action="/welcome"] button');
    expect(await page.inputValue('input[name=nickname]')).toBe('Mum');
  });

  it('says so in words where a link leads nowhere, and asks to sign in where somebody must', async () => {
    const { page } = await openPhone(browser, service.origin);
    expect((await page.goto('/join/nothing-behind-this-token'))?.status()).toBe(404);
    expect(await page.textContent('h1')).toBe('This link does not work');
    expect((await page.goto('/circles/0190a0a0-0000-7000-8000-000000000000'))?.status()).toBe(401);
    expect((await page.goto('/no/such/page'))?.status()).toBe(404);
  });
});
