import type { BrowserContext, Page } from 'playwright-core';
import type { FakePushService } from '../push-service.ts';
import { findRegistration, untilActivated } from './open-browser.ts';

/**
 * Notes for each tab how often its pages ask for alerts, and for the store to be kept for good: to which nobody answers, as when
 * a person looks away from the question.
 */
export async function countQuestions(phone: BrowserContext): Promise<void> {
  await phone.addInitScript(() => {
    const count = (question: string) => sessionStorage.setItem(question, String(Number(sessionStorage.getItem(question)) + 1));
    const ask = Notification.requestPermission.bind(Notification);
    Notification.requestPermission = () => {
      count('asked-alerts');
      return ask();
    };
    StorageManager.prototype.persist = async () => {
      count('asked-keep');
      return false;
    };
  });
}

export function readQuestions(page: Page): Promise<{ alerts: number; keep: number }> {
  return page.evaluate(() => {
    const [alerts = 0, keep = 0] = ['alerts', 'keep'].map((name) => Number(sessionStorage.getItem(`asked-${name}`)));
    return { alerts, keep };
  });
}

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

/**
 * Hands a push to the browser as its push service would.
 * @param isStopped stops the service worker before, as a browser does with one that has nothing to do
 */
export async function deliver(page: Page, data: string, { isStopped = false } = {}): Promise<void> {
  await untilActivated(page);
  const registrationId = await findRegistration(page);
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  if (isStopped) {
    const stopped = new Promise<void>((resolve) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
      });
    });
    await session.send('ServiceWorker.stopAllWorkers');
    await stopped;
  }
  await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId, data });
}

/**
 * Asked of the page: what is evaluated in a worker that has only just started may never answer. In turn with what the service
 * worker shows (`service-worker/notifications.ts`): asked meanwhile, Chromium would forget it.
 */
export async function readNotifications(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await navigator.locks.request('notifications', () => registration.getNotifications());
    return shown.map((notification) => {
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
    const [notification] = await navigator.locks.request('notifications', () => worker.registration.getNotifications());
    const { NotificationEvent: Click } = globalThis as unknown as {
      NotificationEvent: new (type: string, init: object) => Event;
    };
    worker.dispatchEvent(new Click('notificationclick', { notification, action: name }));
  }, action);
}
