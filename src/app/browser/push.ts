/** What became of turning on alerts. */
export type PushOutcome = 'on' | 'denied' | 'failed' | { refused: string };

/** What this browser can do. `insecure`: plain http, where no browser has service workers. */
export function pushSupport(): 'yes' | 'insecure' | 'no' {
  if (!isSecureContext) return 'insecure';
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis ? 'yes' : 'no';
}

/** Asks the person (so it must come from a tap), subscribes this browser and tells the service. */
export async function turnOnAlerts(registration: ServiceWorkerRegistration): Promise<PushOutcome> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return 'denied';
  const response = await fetch('/v1/push/key');
  if (!response.ok) return 'failed';
  const { publicKey } = (await response.json()) as { publicKey: string };
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  return sendSubscription(subscription);
}

/** Tells the service where this device is reached. Sent again at every open: subscriptions change without a word. */
export async function sendSubscription(subscription: PushSubscription): Promise<PushOutcome> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await fetch('/v1/push/subscription', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...subscription.toJSON(), timeZone }),
  });
  if (response.ok) return 'on';
  const problem = (await response.json().catch(() => ({}))) as { code?: string };
  return { refused: problem.code ?? 'unavailable' };
}

/** Once for each time that the app is opened. */
export async function renewSubscription(registration: ServiceWorkerRegistration): Promise<void> {
  if (pushSupport() !== 'yes' || Notification.permission !== 'granted' || sessionStorage.getItem('push-renewed')) return;
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription) return;
  await sendSubscription(subscription);
  sessionStorage.setItem('push-renewed', '1');
}
