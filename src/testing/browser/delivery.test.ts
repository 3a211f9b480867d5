import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { waitFor } from '../wait-for.ts';
import { deliver, readNotifications, stubSubscription } from './alerts-on-phone.ts';
import { openPhone, setVisible } from './open-browser.ts';
import { readOutbox } from './phone-outbox.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { join, keepCode, makeCircle, start, tap } from './walk.ts';

let pushService: FakePushService;

beforeAll(async () => {
  pushService = await startFakePushService();
});
afterAll(() => pushService?.close());
const service = useRunning(() => ({ env: { PUSH_ALLOWED_HOSTS: pushService.origin } }));
const browser = useBrowser();

describe('how far a status has come', () => {
  it('is told on the author’s open page: nobody yet, then reached, then seen; and to nobody who does not look', async () => {
    const { phone, page: mum } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    const endpoint = await stubSubscription(phone, pushService);
    await start(mum, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(mum, 'Family');
    await mum.goto('/alerts');
    await mum.click('#alerts-enable');
    await mum.locator('#alerts-test').waitFor();

    const { page: ken } = await openPhone(browser, service.origin);
    await ken.clock.install();
    await join(ken, inviteUrl, 'Ken');
    await ken.goto('/');
    const button = ken.locator('button.condition.help');
    const placeOf = () => button.evaluate((element) => (element as HTMLElement).offsetTop - scrollY);
    const place = await placeOf();
    await tap(ken, 'help');
    const told = ken.locator('#outbox .last-row');
    await ken.clock.runFor(2_000);
    await told.waitFor();
    expect(await ken.locator('.unconfirmed').count()).toBe(0);

    // A minute without any phone: the number of the rescuers, until one confirms.
    await ken.clock.runFor(65_000);
    const call = ken.locator('#call .unconfirmed');
    await call.waitFor();
    // Neither the words above the buttons nor the number has moved one of them under a thumb that taps again.
    expect(await placeOf()).toBe(place);
    expect(await call.getAttribute('href')).toBe('tel:119');

    const push = await waitFor(() =>
      pushService.delivered(endpoint).find(({ payload }) => payload.notification.data.kind === 'help'),
    );
    await deliver(mum, JSON.stringify(push.payload));
    await waitFor(async () => (await readNotifications(mum)).length > 0);
    await ken.locator('#outbox', { hasText: 'reached 1 phone' }).waitFor();
    expect(await call.count()).toBe(0);

    // The same on a page that the server wrote with it; the words change, and the focus stays on the button among them.
    await ken.goto('/');
    await ken.locator('#last', { hasText: 'reached 1 phone' }).locator('button').focus();
    await mum.goto(`/circles/${circleId}`);
    await ken.locator('#last', { hasText: 'seen by 1 person' }).waitFor();
    expect(await ken.evaluate(() => document.activeElement?.closest('#last')?.id)).toBe('last');

    // As the server writes it, for whoever has no script.
    const text = await ken.evaluate(async () => (await fetch('/', { headers: { accept: 'text/html' } })).text());
    expect(text).toMatch(/reached 1 phone.*seen by 1 person/s);
    const own = await ken.evaluate(async (circle) => (await fetch(`/circles/${circle}`)).text(), circleId);
    const [path = ''] = /\/circles\/[\w-]+\/members\/[\w-]+(?="[^>]*>Ken)/.exec(own) ?? [];
    await ken.goto(path);
    await ken.locator('.rows', { hasText: 'Seen by Mum' }).waitFor();
  });

  it('is told no more once the author has taken it back on another device, seen at once or at the next look', async () => {
    const { page: mum } = await openPhone(browser, service.origin);
    const { recoveryCode } = await start(mum, 'Mum');
    await makeCircle(mum, 'Family');
    await mum.goto('/');
    await tap(mum, 'ok');
    await mum.locator('#outbox [data-state=sent]').waitFor();
    await mum.goto('/');
    await mum.locator('#last .badge.ok').waitFor();
    await tap(mum, 'help');
    await mum.locator('#outbox', { hasText: 'shown in 1 circle' }).waitFor();

    const { page: tablet } = await openPhone(browser, service.origin);
    await tablet.goto('/recover');
    await tablet.fill('input[name=recoveryCode]', recoveryCode);
    await tablet.click('form[action="/recover"] button');
    await keepCode(tablet);
    const takeBackThere = async (condition: string) => {
      await tablet.goto('/');
      await tablet.locator(`#last:has(.badge.${condition}) form button`).click();
      await tablet.locator(`#last .badge.${condition}`).waitFor({ state: 'hidden' });
    };
    await takeBackThere('help');
    await mum.locator('#announce', { hasText: 'Taken back.' }).waitFor();
    await mum.locator('#last .badge.ok').waitFor();
    expect(await mum.locator('#outbox .badge').count()).toBe(0);
    // Nor does this phone offer it again.
    expect((await readOutbox(mum)).map(({ condition }) => condition)).toEqual(['ok']);

    await setVisible(mum, false);
    await takeBackThere('ok');
    await setVisible(mum, true);
    await mum.locator('#last', { hasText: 'You have not sent anything yet' }).waitFor();
    expect(await readOutbox(mum)).toEqual([]);
  });

  it('is found out over a bad network: neither the first questions nor the live connection come through', async () => {
    const { page: ken } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await ken.clock.install();
    await ken.routeWebSocket('**/v1/live', (socket) => socket.close());
    await start(ken, 'Ken');
    await makeCircle(ken, 'Family');
    let isBad = true;
    await ken.route('**/v1/statuses/*', (route) => (isBad ? route.abort() : route.continue()));
    await ken.goto('/');
    await tap(ken, 'help');
    await ken.locator('#outbox', { hasText: 'on its way to the others' }).waitFor();
    await ken.clock.runFor(70_000);
    await ken.locator('#call .unconfirmed').waitFor();
    isBad = false;
    await ken.clock.runFor(10_000);
    await ken.locator('#outbox', { hasText: 'shown in 1 circle' }).waitFor();
  });

  it('is a number to call also on a phone that can keep nothing, under what the server wrote', async () => {
    const { phone, page: ken } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(ken, 'Ken');
    await makeCircle(ken, 'Family');
    await ken.goto('/');
    await tap(ken, 'help');
    await ken.locator('#outbox [data-state=sent]').waitFor();
    await phone.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
    await ken.clock.install();
    await ken.goto('/');
    await ken.locator('#last .badge.help').waitFor();
    expect(await ken.locator('.unconfirmed').count()).toBe(0);
    await ken.clock.runFor(70_000);
    expect(await ken.locator('#call .unconfirmed').getAttribute('href')).toBe('tel:119');
  });

  it('is a number to call where a call for help has not even gone out after a minute', async () => {
    const { page: ken } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await ken.clock.install();
    await start(ken, 'Ken');
    await makeCircle(ken, 'Family');
    await ken.goto('/');
    await ken.route('**/v1/statuses', (route) => route.abort());
    await tap(ken, 'help');
    await ken.locator('#outbox [data-state=waiting]', { hasText: 'not sent yet' }).waitFor();
    expect(await ken.locator('.unconfirmed').count()).toBe(0);
    await ken.clock.runFor(70_000);
    expect(await ken.locator('#call .unconfirmed').getAttribute('href')).toBe('tel:119');
  });
});
