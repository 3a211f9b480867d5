import type { BrowserContext, Page } from 'playwright-core';
import type { FakePushService } from '../push-service.ts';
import { findRegistration, untilActivated } from './open-browser.ts';

/** A real subscription needs the browser maker's service on the internet: ours stands in for it, the rest is real. */
export async function stubSubscription(phone: BrowserContext, pushService: FakePushService, { isThere = false } = {}) {
  const json = pushService.subscribe();
  await phone.addInitScript(
    ([subscription, wasThere]) => {
      const stub = { ...subscription, toJSON: () => subscription } as unknown as PushSubscription;
      let current = wasThere ? stub : null;
      PushManager.prototype.subscribe = async () => {
        current = stub;
        return stub;
      };
      PushManager.prototype.getSubscription = async () => current;
    },
    [json, isThere] as const,
  );
  return json.endpoint;
}

/** Hands a push to the browser as its push service would. */
export async function deliver(page: Page, data: string): Promise<void> {
  await untilActivated(page);
  const registrationId = await findRegistration(page);
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId, data });
}

/** Asked of the page: what is evaluated in a worker that has only just started may never answer. */
export async function readNotifications(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map((notification) => {
      const { title, body, tag, lang } = notification;
      // TypeScript's own description lacks the actions.
      const { actions } = notification as unknown as { actions: { action: string; title: string }[] };
      return { title, body, tag, lang, actions: actions.map((action) => action.title) };
    });
  });
}

/** Taps the first notification, or an answer on it: as the browser would tell the service worker. */
export async function tapNotification(phone: BrowserContext, action = ''): Promise<void> {
  await phone.serviceWorkers()[0]?.evaluate(async (name) => {
    const worker = globalThis as unknown as { registration: ServiceWorkerRegistration; dispatchEvent(event: Event): void };
    const [notification] = await worker.registration.getNotifications();
    const { NotificationEvent: Click } = globalThis as unknown as {
      NotificationEvent: new (type: string, init: object) => Event;
    };
    worker.dispatchEvent(new Click('notificationclick', { notification, action: name }));
  }, action);
}
