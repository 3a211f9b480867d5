import { type SubscriptionOutcome, sendSubscription } from '../phone/send-subscription.ts';
import { keepForGood } from './keep-for-good.ts';

/** What became of turning on alerts. */
export type PushOutcome = SubscriptionOutcome | 'denied' | 'dismissed' | 'failed';

/** In this tab: the person for whom the service has taken the subscription. */
const RENEWED = 'push-renewed';

/** What this browser can do. `insecure`: plain http, where no browser has service workers. */
export function pushSupport(): 'yes' | 'insecure' | 'no' {
  if (!isSecureContext) return 'insecure';
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis ? 'yes' : 'no';
}

/** Asks the person (so it must come from a tap), subscribes this browser and tells the service. */
export async function turnOnAlerts(registration: ServiceWorkerRegistration, person?: string): Promise<PushOutcome> {
  const permission = await Notification.requestPermission();
  // `default`: closed without an answer, and asked again at the next tap.
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'dismissed';
  void keepForGood();
  const response = await fetch('/v1/push/key');
  if (!response.ok) return 'failed';
  const { publicKey } = (await response.json()) as { publicKey: string };
  return sendSubscription(await subscribe(registration.pushManager, readKey(publicKey)), person);
}

/** A subscription for another key (the service has lost its own and made a new one) stands in the way, and is of no use. */
async function subscribe(manager: PushManager, applicationServerKey: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    const former = await manager.getSubscription();
    if (!former) throw error;
    await former.unsubscribe();
    return manager.subscribe(options);
  }
}

/** base64url as bytes: not every browser takes the text. */
function readKey(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Nobody is signed in: whoever is next, perhaps the same person again, has a session without a subscription. */
export function forgetRenewal(): void {
  try {
    sessionStorage.removeItem(RENEWED);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Once for each time that the app is opened, and again when it opens for another person or the service did not take it. */
export async function renewSubscription(registration: ServiceWorkerRegistration, person: string): Promise<void> {
  if (pushSupport() !== 'yes' || Notification.permission !== 'granted' || sessionStorage.getItem(RENEWED) === person) return;
  const subscription = await registration.pushManager.getSubscription();
  if (subscription && (await sendSubscription(subscription, person)) === 'on') sessionStorage.setItem(RENEWED, person);
}
