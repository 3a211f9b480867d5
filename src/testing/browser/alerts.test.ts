import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnStatus } from '../../contract/statuses.ts';
import { type Client, createClient, post } from '../client.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { waitFor } from '../wait-for.ts';
import {
  countQuestions,
  deliver,
  readNotifications,
  readQuestions,
  stubSubscription,
  tapNotification,
} from './alerts-on-phone.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { lackAlerts } from './screen-actions.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, start } from './walk.ts';

let pushService: FakePushService;

beforeAll(async () => {
  pushService = await startFakePushService();
});
afterAll(() => pushService?.close());
const service = useRunning(() => ({ env: { PUSH_ALLOWED_HOSTS: pushService.origin } }));
const browser = useBrowser();

async function joinByApi(inviteUrl: string, nickname: string): Promise<Client> {
  return createClient(service, { nickname, invite: inviteUrl.split('/').at(-1) ?? '' });
}

describe('alerts', () => {
  it('are not said to be blocked where the question was closed without an answer', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.addInitScript(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'default' });
      Notification.requestPermission = async () => 'default';
    });
    await start(page, 'Mum');
    await page.goto('/alerts');
    await page.click('#alerts-enable');
    await page.locator('#alerts-state', { hasText: 'Alerts are still off' }).waitFor();
    expect(await page.isVisible('#alerts-enable')).toBe(true);
  });

  it('are asked for after a tap only, tested, shown once for each push, and lead to the board', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    const endpoint = await stubSubscription(phone, pushService);
    await countQuestions(phone);
    await start(page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(page, 'Family');

    await page.goto('/alerts');
    await page.locator('#alerts-enable').waitFor();
    expect(await page.textContent('h1 + p')).toContain('when someone needs help');
    expect(await readQuestions(page)).toEqual({ alerts: 0, keep: 0 });
    await page.click('#alerts-enable');
    await page.locator('#alerts-test').waitFor();
    await waitFor(async () => (await readQuestions(page)).keep > 0);
    expect(await readQuestions(page)).toEqual({ alerts: 1, keep: 1 });
    await page.click('#alerts-test');
    await waitFor(() => pushService.delivered(endpoint).some(({ payload }) => payload.notification.data.kind === 'test'));

    expect(await page.textContent('#alerts-reached')).toBe('No alert has reached this phone yet.');
    const [test] = pushService.delivered(endpoint);
    await deliver(page, JSON.stringify(test?.payload));
    await page.locator('#alerts-state', { hasText: 'The test alert has reached this phone' }).waitFor();
    expect(await page.textContent('#alerts-reached')).toMatch(/^An alert last reached this phone: \d\d:\d\d$/);
    await page.evaluate(async () => {
      for (const told of await (await navigator.serviceWorker.ready).getNotifications()) told.close();
    });

    const ken = await joinByApi(inviteUrl, 'Ken');
    const id = `0190a0a0-0000-7000-8000-${Date.now().toString(16).padStart(12, '0')}`;
    expect((await ken.call('POST', '/v1/statuses', { id, condition: 'help', note: 'private' })).status).toBe(202);
    const push = await waitFor(() =>
      pushService.delivered(endpoint).find(({ payload }) => payload.notification.data.kind === 'help'),
    );

    await deliver(page, JSON.stringify(push.payload));
    const shown = await waitFor(async () => {
      const notifications = await readNotifications(page);
      return notifications.length ? notifications : null;
    });
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: 'Ken needs help', lang: 'en' });
    await waitFor(async () => {
      const { body } = await ken.call<OwnStatus>('GET', `/v1/statuses/${id}`);
      return body.delivery?.reached === 1;
    });
    expect(JSON.stringify(shown)).not.toContain('private');
    expect(pushService.faults).toEqual([]);

    await tapNotification(phone);
    await page.waitForURL(`**/circles/${circleId}`);
    await page.locator('.row.help').waitFor();
    await waitFor(async () => (await readNotifications(page)).length === 0);
  });

  it('wake a service worker that the browser had stopped, which shows and confirms them', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    const endpoint = await stubSubscription(phone, pushService);
    await start(page, 'Mum');
    const { inviteUrl } = await makeCircle(page, 'Family');
    await page.goto('/alerts');
    await page.click('#alerts-enable');
    await page.locator('#alerts-test').waitFor();
    const ken = await joinByApi(inviteUrl, 'Ken');
    const { id } = await post(ken, 'help');
    const push = await waitFor(() =>
      pushService.delivered(endpoint).find(({ payload }) => payload.notification.data.kind === 'help'),
    );
    await deliver(page, JSON.stringify(push.payload), { isStopped: true });
    await waitFor(async () => (await readNotifications(page)).length === 1);
    expect(await readNotifications(page)).toMatchObject([{ title: 'Ken needs help' }]);
    await waitFor(async () => (await ken.call<OwnStatus>('GET', `/v1/statuses/${id}`)).body.delivery?.reached === 1);
  });

  it('are said to be on only when the service has taken the subscription, and are renewed for whoever signs in', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    const endpoint = await stubSubscription(phone, pushService, { isThere: true });
    await page.route('**/v1/push/subscription', (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }));
    await start(page, 'Mum');
    await page.goto('/alerts');
    await page.locator('#alerts-state:not([hidden])').waitFor();
    expect(await page.locator('#alerts-enable').isVisible()).toBe(true);
    expect(await page.locator('#alerts-test').isVisible()).toBe(false);

    // It was refused, so the next page sends it again by itself.
    await page.unroute('**/v1/push/subscription');
    // What the page notes once the service has taken it: a page that goes on loses the news of the answer.
    const isTaken = () => page.evaluate(() => sessionStorage.getItem('push-renewed') !== null);
    await page.goto('/');
    await waitFor(isTaken);
    await page.goto('/alerts');
    await page.locator('#alerts-test').waitFor();
    expect(await page.locator('#alerts-enable').isVisible()).toBe(false);

    const signOut = async () => {
      await page.goto('/settings');
      await page.click('form[action="/sign-out"] button');
      await waitFor(async () => !(await isTaken()));
    };
    await signOut();
    const { recoveryCode } = await start(page, 'Ken');
    await waitFor(isTaken);
    await signOut();
    await page.goto('/recover');
    await page.fill('input[name=recoveryCode]', recoveryCode);
    await page.click('form[action="/recover"] button');
    await waitFor(isTaken);
    await page.goto('/alerts');
    await page.click('#alerts-test');
    await waitFor(() => pushService.delivered(endpoint).some(({ payload }) => payload.notification.data.kind === 'test'));
  });

  it('keep their time zone when the browser changes the subscription by itself', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await page.goto('/');
    await untilActivated(page);
    const body = await phone.serviceWorkers()[0]?.evaluate(async () => {
      const worker = globalThis as unknown as {
        registration: ServiceWorkerRegistration;
        dispatchEvent(event: Event): void;
        fetch: (url: string, init: { body: string }) => Promise<Response>;
      };
      const stub = { toJSON: () => ({ endpoint: 'https://push.example/new' }) } as unknown as PushSubscription;
      worker.registration.pushManager.subscribe = async () => stub;
      const { ExtendableEvent: Change } = globalThis as unknown as { ExtendableEvent: new (type: string) => Event };
      const oldSubscription = { options: { applicationServerKey: new Uint8Array(65) } };
      return new Promise<string>((resolve) => {
        worker.fetch = async (_url, init) => {
          resolve(init.body);
          return new Response(null, { status: 204 });
        };
        worker.dispatchEvent(Object.assign(new Change('pushsubscriptionchange'), { oldSubscription }));
      });
    });
    const { timeZone } = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions());
    expect(JSON.parse(body ?? '')).toEqual({ endpoint: 'https://push.example/new', timeZone });
  });

  it('show something for a push that cannot be read', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    await page.goto('/');
    await deliver(page, 'not for reading');
    const shown = await waitFor(async () => {
      const notifications = await readNotifications(page);
      return notifications.length ? notifications : null;
    });
    expect(shown).toMatchObject([{ title: 'Buji' }]);
  });

  it('show what a declarative message declares, of which the browser hands over the notification alone', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    await page.goto('/');
    await untilActivated(page);
    await phone.serviceWorkers()[0]?.evaluate(() => {
      const worker = globalThis as unknown as { dispatchEvent(event: Event): void; PushEvent: new (type: string) => Event };
      const notification = { title: 'Ken needs help', body: 'At 14:05', lang: 'en', tag: 'c', navigate: '/answer/1' };
      worker.dispatchEvent(Object.assign(new worker.PushEvent('push'), { notification }));
    });
    const shown = await waitFor(async () => {
      const notifications = await readNotifications(page);
      return notifications.length ? notifications : null;
    });
    expect(shown).toMatchObject([{ title: 'Ken needs help', body: 'At 14:05', lang: 'en', tag: 'c' }]);
  });
});

describe('installing', () => {
  it('is explained for the browser at hand first, without script, and for every other one below', async () => {
    const userAgent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1';
    const { page } = await openPhone(browser, service.origin, { javaScriptEnabled: false, userAgent });
    await start(page, 'Mum');
    await page.goto('/alerts');
    expect(await page.locator('#install-section details[open]').count()).toBe(1);
    expect(await page.locator('#install-section details').first().textContent()).toContain('Tap the share button of Safari');
    await page.click('summary:has-text("Firefox")');
    expect(await page.locator('#install').isVisible()).toBe(false);
  });

  it('is what a browser is told to do that has alerts on the home screen only, as those of iPhones', async () => {
    const { page } = await openPhone(browser, service.origin);
    await lackAlerts(page);
    await start(page, 'Mum');
    await page.goto('/alerts');
    await page.locator('#alerts-state', { hasText: 'This browser cannot show alerts.' }).waitFor();
    expect(await page.locator('#alerts-enable').isVisible()).toBe(false);
    expect(await page.textContent('#install-section')).toContain('alerts come only to an app on the home screen');
  });

  it('is one tap where the browser lets a page ask', async () => {
    const { page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await page.goto('/alerts');
    await page.locator('#alerts-reached:not([hidden])').waitFor();
    // Chromium makes this event only in a profile that is not private.
    await page.evaluate(() => {
      const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
        prompt: async () => dispatchEvent(new Event('appinstalled')),
      });
      dispatchEvent(offer);
    });
    await page.tap('#install');
    await page.locator('#install-section', { hasText: 'Buji is installed on this phone.' }).waitFor();
  });
});
