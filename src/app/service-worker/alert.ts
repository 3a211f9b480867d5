import type { AlertPayload } from '../../contract/push.ts';

/** What to show for a push. */
export interface ShownAlert {
  title: string;
  options: NotificationOptions & { data: { navigate: string } };
}

/**
 * Reads a push. Whatever came, there is something to show: a push that cannot be read still means that something happened.
 * @param origin our own; an address anywhere else is not followed
 */
export function readAlert(text: string, origin: string): ShownAlert {
  const notification = parse(text);
  const navigate = ownAddress(notification?.navigate, origin);
  const shared = { icon: '/icon-192.png', badge: '/badge-96.png', data: { navigate } };
  if (!notification) return { title: 'Buji', options: shared };
  const { title, body, lang, dir, tag, silent, timestamp } = notification;
  // Without `renotify` a newer alert under the same tag replaces the older one without a sound.
  return {
    title,
    options: { ...shared, body, lang, dir, tag, silent, timestamp, renotify: Boolean(tag) } as ShownAlert['options'],
  };
}

function parse(text: string): AlertPayload['notification'] | null {
  try {
    const { notification } = JSON.parse(text) as Partial<AlertPayload>;
    return notification && typeof notification.title === 'string' && notification.title !== '' ? notification : null;
  } catch {
    return null;
  }
}

function ownAddress(address: string | undefined, origin: string): string {
  const url = address && URL.canParse(address, origin) ? new URL(address, origin) : null;
  return url?.origin === origin ? url.href : `${origin}/`;
}
