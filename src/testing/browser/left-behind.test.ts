import { expect, it } from 'vitest';
import { createCircle, createClient, joinAll, must, post } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { readNotifications } from './alerts-on-phone.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { goOffline, readKeptPage, untilForgotten, untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { rowOf, start, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

it('shows nothing of a circle to who was removed from it, on the open board or later without a network', async () => {
  const [mum, ken] = [await createClient(service, { nickname: 'Mum' }), await createClient(service, { nickname: 'Ken' })];
  const circle = await createCircle(mum);
  await joinAll(mum, circle, [ken]);
  const { phone, page } = await openPhone(browser, service.origin);
  await phone.addCookies([{ name: 'session', value: ken.token, url: service.origin }]);
  await page.goto('/');
  await untilActivated(page);
  const path = `/circles/${circle.id}`;
  await page.goto(path);
  await page.locator('.live').waitFor();
  await untilKept(page, path);
  await post(mum, 'help', { note: 'third floor' });
  await rowOf(page, 'Mum').locator('.badge.help').waitFor();

  await must(mum, 204, 'DELETE', `/v1${path}/members/${ken.person.id}`);
  await page.locator('.row').first().waitFor({ state: 'detached' });
  expect(await page.locator('#board').textContent()).toBe(`${circle.name}このグループにはもう入っていません。`);
  expect(await page.locator('#announce').textContent()).toBe('このグループにはもう入っていません。');
  expect(await page.locator(`main a[href^="${path}"]`).count()).toBe(0);
  await untilForgotten(page, path);
  // Leaving the page is the last moment to keep it.
  await page.goto('/settings');
  expect(await readKeptPage(page, path)).toBeNull();
  await goOffline(page);
  await page.goto(path);
  expect(await page.locator('.row').count()).toBe(0);
});

it('says of an answer to a circle that its author was removed from meanwhile why it was not sent', async () => {
  const [mum, ken] = [await createClient(service, { nickname: 'Mum' }), await createClient(service, { nickname: 'Ken' })];
  const circle = await createCircle(mum);
  await joinAll(mum, circle, [ken]);
  const { phone, page } = await openPhone(browser, service.origin);
  await phone.addCookies([{ name: 'session', value: ken.token, url: service.origin }]);
  await page.goto('/');
  await phone.setOffline(true);
  await tap(page, 'help');
  await page.locator('#outbox [data-state=waiting]').waitFor();
  await must(mum, 204, 'DELETE', `/v1/circles/${circle.id}/members/${ken.person.id}`);
  await phone.setOffline(false);
  const text = '送れませんでした。 グループがなくなったか、もう送れないグループです。グループを選んで、もう一度送ってください。';
  await page.locator('#outbox [data-state=refused]', { hasText: text }).waitFor();
  await page.locator('#announce', { hasText: text }).waitFor({ state: 'attached' });
});

it('takes the alerts of who signs out off the phone', async () => {
  const { phone, page } = await openPhone(browser, service.origin);
  await phone.grantPermissions(['notifications'], { origin: service.origin });
  await start(page, 'Anna');
  await untilActivated(page);
  await page.goto('/settings');
  const countAlerts = async () => (await readNotifications(page)).length;
  await page.evaluate(async () =>
    (await navigator.serviceWorker.ready).showNotification('Grandma needs help', { tag: 'circle' }),
  );
  await waitFor(async () => (await countAlerts()) === 1);
  await page.click('form.text-sizes button[value=large]');
  await page.locator('html.size-large').waitFor();
  expect(await countAlerts()).toBe(1);
  await page.click('form[action="/sign-out"] button');
  await page.locator('input[name=nickname]').waitFor();
  await waitFor(async () => (await countAlerts()) === 0);
});
