import type { AlertPayload } from '../../contract/push.ts';
import { languageOf } from '../../i18n/locales.ts';
import { say, type Words } from '../say.ts';
import type { KeptReader } from './kept-pages.ts';
import { PICTURES } from './notifications.ts';

/** What to show for a push. */
export interface ShownAlert {
  title: string;
  options: NotificationOptions & { data: AlertData };
  /** Number to stand on the app's icon; left out where the push says none. */
  badge?: number | undefined;
}

export interface AlertData {
  /** Where a tap on the notification leads. */
  navigate: string;
  /** Where one can answer, for a tap on an answer that cannot be given here. */
  answer: string;
}

/** The answers that a notification offers: two are all that browsers show. */
export const ANSWERS = ['ok', 'help'] as const;

/**
 * Reads a push. Whatever came, there is something to show: a push that cannot be read still means that something happened.
 * @param origin our own; an address anywhere else is not followed
 * @param words of the reader, for what the service worker says itself; null where it has none
 * @param answersMax how many answers this browser shows on a notification: where it shows none (iOS), or there are no words for
 *   them, the tap leads to the page that asks
 */
export function readAlert(text: string, origin: string, words: Words | null, answersMax: number): ShownAlert {
  const page = `${origin}/`;
  try {
    const alert = readParts(text, origin, answersMax < ANSWERS.length ? null : words);
    if (alert) return alert;
    const unread = words && { body: say(words, 'alert.unreadable'), lang: languageOf(words.locale) };
    return { title: 'Buji', options: { ...lookOf(page), ...unread } };
  } catch {
    return { title: 'Buji', options: lookOf(page) };
  }
}

/** Whether what is kept here is for whom a push was written for, as far as that push says. */
export function isForSameReader(text: string, { locale, country }: KeptReader): boolean {
  const { lang, data } = parse(text)?.notification ?? {};
  return (!lang || lang === languageOf(locale)) && (!data?.country || data.country === country);
}

/** What every alert has. */
function lookOf(page: string): ShownAlert['options'] {
  return { ...PICTURES, data: { navigate: page, answer: page } };
}

function readParts(text: string, origin: string, words: Words | null): ShownAlert | null {
  const push = parse(text);
  const notification = push?.notification;
  if (!push || !notification) return null;
  const answer = ownAddress(notification.navigate, origin);
  const { title, body, lang, dir, tag, silent, timestamp, data } = notification;
  const mayAnswer = words !== null && (data?.kind === 'help' || data?.kind === 'digest');
  // With the answers at hand a tap on the rest of it is a wish to see more.
  const navigate = mayAnswer && data.circle ? ownAddress(`/circles/${data.circle}`, origin) : answer;
  const actions = mayAnswer && ANSWERS.map((action) => ({ action, title: say(words, `button.${action}`) }));
  return {
    title,
    badge: Number.isSafeInteger(push.app_badge) ? push.app_badge : undefined,
    options: {
      ...lookOf(answer),
      ...{ body, lang, dir, tag, silent, timestamp },
      // Without `renotify` a newer alert under the same tag replaces the older one without a sound.
      renotify: Boolean(tag),
      data: { navigate, answer },
      ...(actions && { actions }),
    } as ShownAlert['options'],
  };
}

/**
 * The text of a push. Of a mutable declarative message the browser hands over the notification that it proposes instead (Push
 * API, editor's draft, `PushEvent`): that is then put together as the service sent it.
 */
export function readPush({ data, notification, appBadge }: PushMessage): string {
  if (!notification) return data?.text() ?? '';
  const { title, body, lang, dir, tag, silent, navigate, timestamp } = notification;
  const shown = { title, body, lang, dir, tag, silent, navigate, timestamp, data: notification.data };
  return JSON.stringify({ notification: shown, ...(appBadge && { app_badge: appBadge }) });
}

/** As much of a `PushEvent` as is read; the last two are newer than TypeScript's own description. */
export interface PushMessage {
  data: { text(): string } | null;
  notification?: Partial<AlertPayload['notification']> | null;
  appBadge?: number | null;
}

function parse(text: string): Partial<AlertPayload> | null {
  try {
    const push = JSON.parse(text) as Partial<AlertPayload>;
    const title = push.notification?.title;
    return typeof title === 'string' && title !== '' ? push : null;
  } catch {
    return null;
  }
}

function ownAddress(address: string | undefined, origin: string): string {
  try {
    const url = new URL(address ?? '/', origin);
    if (url.origin === origin) return url.href;
  } catch {
    // Not an address at all.
  }
  return `${origin}/`;
}
