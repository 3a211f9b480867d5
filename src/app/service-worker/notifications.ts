import { inLock } from '../phone/in-lock.ts';
import icon from '../public/icon-192.png?inline';
import badge from './badge-96.png?inline';

/** What of a service worker's global scope is needed; nothing of it elsewhere. */
type Scope = Partial<Pick<ServiceWorkerGlobalScope, 'registration'>>;

/**
 * What every notification has, within the service worker itself: a browser shows none before it has its pictures, and asks the
 * network for them past the service worker. With a service that hung, Chromium 156 waited 90 s (measured).
 */
export const PICTURES = { icon, badge } as const;

/** Far longer than showing one takes; an alert waits no longer for another thing that hangs. */
const TURN_MS = 1_000;

/**
 * Shows notifications, or asks for those that are shown, one after the other. Chromium forgets a notification that is being shown
 * while the shown ones are asked for (measured with 156: 15 of 60, and 11 of 60 asked by another tag, against none of 60 in turn);
 * what it has forgotten can neither be closed nor told anew from here.
 */
export async function inTurn<T>(step: () => Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), TURN_MS);
  let isTaken = false;
  const take = () => {
    isTaken = true;
    clearTimeout(timer);
    return step();
  };
  // Whatever kept the turn from coming, an alert is shown.
  return inLock('notifications', { signal: waiting.signal }, take).catch((error) => {
    if (isTaken) throw error;
    return take();
  });
}

/** Takes all notifications of ours off the phone: whoever comes next may not read whom somebody else cares for. Never rejects. */
export async function closeAlerts({ registration }: Scope = globalThis as Scope): Promise<void> {
  await inTurn(async () => {
    for (const alert of (await registration?.getNotifications()) ?? []) alert.close();
  }).catch(() => undefined);
}
