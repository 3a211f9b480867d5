import { describe, expect, it } from 'vitest';
import { openPhone } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { join, makeCircle, rowOf, start } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

describe('a keeper without JavaScript', () => {
  it('renames, lets members invite, ends an invite, makes a keeper, removes a member, and deletes the circle', async () => {
    const options = { javaScriptEnabled: false };
    const [mum, ken, aki] = [
      await openPhone(browser, service.origin, options),
      await openPhone(browser, service.origin, options),
      await openPhone(browser, service.origin, options),
    ];
    await start(mum.page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(mum.page, 'Family');
    await join(ken.page, inviteUrl, 'Ken');
    await join(aki.page, inviteUrl, 'Aki');

    const settings = `/circles/${circleId}/settings`;
    await mum.page.goto(`/circles/${circleId}`);
    await mum.page.click(`a[href="${settings}"]`);
    await mum.page.fill('input[name=name]', 'Yamada');
    await mum.page.check('input[name=invites][value=members]');
    await mum.page.click(`form[action="${settings}"] button`);
    expect(await mum.page.textContent('h1')).toContain('Yamada');

    await ken.page.goto(settings);
    expect(await ken.page.locator(`form[action="${settings}"]`).count()).toBe(0);
    await ken.page.check('input[name=alerts][value=help-only]');
    await ken.page.fill('input[name=nickname]', 'Kenny');
    await ken.page.check('input[name=emoji][value="🐧"]');
    await ken.page.click('form[action$="/me"] button');
    expect(await ken.page.locator('input[name=alerts]:checked').inputValue()).toBe('help-only');

    await mum.page.goto(settings);
    await mum.page.click('form[action$="/revoke"] button');
    await mum.page.waitForLoadState();
    expect(await mum.page.locator('form[action$="/revoke"]').count()).toBe(0);
    const { page: late } = await openPhone(browser, service.origin, options);
    expect((await late.goto(inviteUrl))?.status()).toBe(410);

    await mum.page.click('.people a:has-text("Kenny")');
    await mum.page.click('form[action$="/role"] button');
    await ken.page.goto(settings);
    expect(await ken.page.locator(`form[action="${settings}"]`).count()).toBe(1);

    // By a link that is still open, whoever is removed could come back as somebody else.
    await mum.page.goto(`/circles/${circleId}/invite`);
    await mum.page.click('form[action$="/invites"] button');
    const link = await mum.page.inputValue('#invite-url');
    await ken.page.goto(settings);
    await ken.page.click('.people a:has-text("Aki")');
    await ken.page.click('summary');
    await ken.page.click('form[action$="/remove"] button');
    await ken.page.waitForLoadState();
    expect(await ken.page.locator('.people li').count()).toBe(2);
    expect((await aki.page.goto(`/circles/${circleId}`))?.status()).toBe(404);
    expect(await rowOf(aki.page, 'Mum').count()).toBe(0);
    await ken.page.click('.notice:has-text("under a new name") button');
    await ken.page.waitForLoadState();
    expect(await ken.page.locator('.notice').count()).toBe(0);
    expect((await aki.page.goto(link))?.status()).toBe(410);

    await mum.page.goto(settings);
    await mum.page.click('summary:has-text("Delete")');
    await mum.page.click('form[action$="/delete"] button');
    expect(new URL(mum.page.url()).pathname).toBe('/');
    expect((await ken.page.goto(settings))?.status()).toBe(404);
  });
});
