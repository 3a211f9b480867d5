import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../client.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { type Service, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';
import { findRegistration, openBrowser, openPhone } from './open-browser.ts';
import { makeCircle, start } from './walk.ts';

let pushService: FakePushService;
let service: Service;
let browser: Browser;

beforeAll(async () => {
  pushService = await startFakePushService();
  [service, browser] = await Promise.all([startService({ env: { PUSH_ALLOWED_HOSTS: pushService.origin } }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await pushService?.close();
});

/** A real subscription needs the browser maker's service on the internet: ours stands in for it, the rest is real. */
async function stubSubscription(phone: BrowserContext) {
  const json = pushService.subscribe();
  await phone.addInitScript((subscription) => {
    const stub = { ...subscription, toJSON: () => subscription } as unknown as PushSubscription;
    let current: PushSubscription | null = null;
    PushManager.prototype.subscribe = async () => {
      current = stub;
      return stub;
    };
    PushManager.prototype.getSubscription = async () => current;
  }, json);
  return json.endpoint;
}

/** Hands a push to the browser as its push service would. */
async function deliver(page: Page, data: string): Promise<void> {
  const registrationId = await findRegistration(page);
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', { origin: service.origin, registrationId, data });
}

async function readNotifications(phone: BrowserContext) {
  return phone.serviceWorkers()[0]?.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    return (await registration.getNotifications()).map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
  });
}

async function joinByApi(inviteUrl: string, nickname: string): Promise<Client> {
  return createClient(service, { nickname, invite: inviteUrl.split('/').at(-1) ?? '' });
}

describe('alerts', () => {
  it('are asked for after a tap only, tested, shown once for each push, and lead to the board', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    const endpoint = await stubSubscription(phone);
    await start(page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(page, 'Family');

    await page.goto('/alerts');
    await page.click('#alerts-enable');
    await page.locator('#alerts-test').waitFor();
    await page.click('#alerts-test');
    await waitFor(() => pushService.delivered(endpoint).some(({ payload }) => payload.notification.data.kind === 'test'));

    const ken = await joinByApi(inviteUrl, 'Ken');
    const id = `0190a0a0-0000-7000-8000-${Date.now().toString(16).padStart(12, '0')}`;
    expect((await ken.call('POST', '/v1/statuses', { id, condition: 'help', note: 'private' })).status).toBe(202);
    const push = await waitFor(() =>
      pushService.delivered(endpoint).find(({ payload }) => payload.notification.data.kind === 'help'),
    );

    await deliver(page, JSON.stringify(push.payload));
    const shown = await waitFor(async () => {
      const notifications = await readNotifications(phone);
      return notifications?.length ? notifications : null;
    });
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: 'Ken needs help', lang: 'en' });
    expect(JSON.stringify(shown)).not.toContain('private');
    expect(pushService.faults).toEqual([]);

    await phone.serviceWorkers()[0]?.evaluate(async () => {
      const worker = globalThis as unknown as { registration: ServiceWorkerRegistration; dispatchEvent(event: Event): void };
      const [notification] = await worker.registration.getNotifications();
      const { NotificationEvent: Click } = globalThis as unknown as {
        NotificationEvent: new (type: string, init: object) => Event;
      };
      worker.dispatchEvent(new Click('notificationclick', { notification }));
    });
    await page.waitForURL(`**/circles/${circleId}`);
    await page.locator('.row.help').waitFor();
    expect(await readNotifications(phone)).toEqual([]);
  });

  it('show something for a push that cannot be read', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await phone.grantPermissions(['notifications'], { origin: service.origin });
    await page.goto('/');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await deliver(page, 'not for reading');
    const shown = await waitFor(async () => {
      const notifications = await readNotifications(phone);
      return notifications?.length ? notifications : null;
    });
    expect(shown).toMatchObject([{ title: 'Buji' }]);
  });
});
