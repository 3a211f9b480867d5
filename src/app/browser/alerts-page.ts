import type { ALERTS } from '../browser-data.ts';
import { say } from '../words.tsx';
import { announce, type Page } from './page.ts';
import { type PushOutcome, pushSupport, sendSubscription, turnOnAlerts } from './push.ts';

type AlertsKey = (typeof ALERTS)[number];

/** Brings the page of the alerts to life: what this browser can do, the tap that turns alerts on, the test. */
export async function startAlerts(
  page: Page,
  enable: HTMLElement,
  test: HTMLElement,
  registered: Promise<ServiceWorkerRegistration | null>,
) {
  const tell = (key: AlertsKey) => {
    const place = document.getElementById('alerts-state');
    const text = say(page.words(), key);
    if (place) {
      place.textContent = text;
      place.hidden = false;
    }
    announce(document, text);
  };
  const support = pushSupport();
  const registration = await registered;
  if (support === 'insecure') return tell('alerts.insecure');
  if (support === 'no' || !registration) return tell('alerts.unsupported');
  const settle = (outcome: PushOutcome) => {
    enable.hidden = outcome === 'on';
    test.hidden = outcome !== 'on';
    tell(
      typeof outcome === 'string'
        ? `alerts.${outcome}`
        : outcome.refused === 'push-host-not-allowed'
          ? 'error.push-host-not-allowed'
          : 'alerts.failed',
    );
  };
  enable.addEventListener('click', () => {
    turnOnAlerts(registration).then(settle, () => settle('failed'));
  });
  test.addEventListener('click', () => {
    fetch('/v1/push/test', { method: 'POST' }).then(
      (response) =>
        tell(response.ok ? 'alerts.test.sent' : response.status === 409 ? 'error.no-push-subscription' : 'alerts.failed'),
      () => tell('alerts.failed'),
    );
  });
  enable.hidden = false;
  if (Notification.permission === 'denied') return tell('alerts.denied');
  const subscription = Notification.permission === 'granted' && (await registration.pushManager.getSubscription());
  // Only the service knows whether it has this subscription: it gets it again, and its answer is what is shown.
  if (subscription) sendSubscription(subscription).then(settle, () => settle('failed'));
}
