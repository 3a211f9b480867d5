import { PERSON_HEADER } from '../../contract/people.ts';
import type { ParamsOf } from '../../i18n/catalogue.ts';
import type { ALERTS } from '../browser-messages.ts';
import { openPhoneStore } from '../phone/phone-store.ts';
import { openReachedChannel, type ReachedNote } from '../phone/reached-channel.ts';
import { sendSubscription } from '../phone/send-subscription.ts';
import { sayAloud, sayTime } from '../words.tsx';
import { announce, type Page } from './page.ts';
import { type PushOutcome, pushSupport, turnOnAlerts } from './push.ts';
import { writeText } from './write-text.tsx';

type Tell = <K extends (typeof ALERTS)[number]>(key: K, ...params: ParamsOf<K>) => void;

/** Brings the page of the alerts to life: what this browser can do, the tap that turns alerts on, the test. */
export async function startAlerts(
  page: Page,
  enable: HTMLElement,
  test: HTMLElement,
  registered: Promise<ServiceWorkerRegistration | null>,
) {
  const tell: Tell = (key, ...params) => {
    const place = document.getElementById('alerts-state');
    if (place) {
      writeText(place, page.words(), key, ...params);
      place.hidden = false;
    }
    announce(document, sayAloud(page.words(), key, ...params));
  };
  showReached(page, tell).catch(() => undefined);
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
  const person = page.data.person ?? undefined;
  enable.addEventListener('click', () => {
    turnOnAlerts(registration, person).then(settle, () => settle('failed'));
  });
  test.addEventListener('click', () => {
    fetch('/v1/push/test', { method: 'POST', headers: person ? { [PERSON_HEADER]: person } : {} }).then(
      (response) =>
        tell(response.ok ? 'alerts.test.sent' : response.status === 409 ? 'error.no-push-subscription' : 'alerts.failed'),
      () => tell('alerts.failed'),
    );
  });
  enable.hidden = false;
  if (Notification.permission === 'denied') return tell('alerts.denied');
  const subscription = Notification.permission === 'granted' && (await registration.pushManager.getSubscription());
  // Only the service knows whether it has this subscription: it gets it again, and its answer is what is shown.
  if (subscription) sendSubscription(subscription, person).then(settle, () => settle('failed'));
}

/** When this phone was last reached, and at once that the test has come; by what its service worker has noted. */
async function showReached(page: Page, tell: Tell): Promise<void> {
  const place = document.getElementById('alerts-reached');
  if (!place) return;
  const put = (at: number | null) => {
    if (at === null) writeText(place, page.words(), 'alerts.reached.none');
    else writeText(place, page.words(), 'alerts.reached', { time: timeOf(page, at) });
    place.hidden = false;
  };
  openReachedChannel()?.addEventListener('message', ({ data }: MessageEvent<ReachedNote>) => {
    put(data.at);
    if (data.isTest) tell('alerts.test.arrived', { time: timeOf(page, data.at) });
  });
  const at = await openPhoneStore().then((store) => store.reachedAt());
  put(at);
}

function timeOf(page: Page, at: number): string {
  return sayTime(page.words(), new Date(at).toISOString());
}
