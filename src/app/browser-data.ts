import type { Board } from '../contract/circles.ts';
import type { Locale } from '../contract/people.ts';
import type { OwnStatus } from '../contract/statuses.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import type { Message } from '../i18n/message.ts';

/** What a page hands its script, as JSON in the page: no second request, and no inline script for the CSP to forbid. */
export interface BrowserData {
  locale: Locale;
  timeZone: string;
  /** When the server wrote the page, as it reads its clock. */
  now: number;
  /**
   * The person signed in: a status waiting on this phone is sent only while its own author is. Null for nobody; left out where
   * it cannot be told, because the store is away or the page is kept for whoever has the phone.
   */
  person?: string | null | undefined;
  /** Whose emergency numbers these pages show (ISO 3166-1); left out where nobody can tell. */
  country?: string | undefined;
  messages: Partial<Record<MessageKey, Message>>;
  board?: Board;
  last?: OwnStatus | null;
  /** Whether this person leaves footprints at all. */
  footprints?: boolean;
  /** The number of the rescuers where this person is. */
  call?: string | undefined;
}

/** Id of the element that carries it. */
export const DATA_ELEMENT = 'page-data';
/** Id of the element that holds a board, and nothing else: the script takes it over, and the service worker puts newer ones in. */
export const BOARD_ELEMENT = 'board';
/** Id of the place for the way to the rescuers, where nobody is known to have heard a call for help. */
export const CALL_ELEMENT = 'call';
/** Id of the notice that another device has signed in. What a copy says of it may be known by now: shown only where it is news. */
export const NOTICE_ELEMENT = 'new-device';
/** Id of the place below the four buttons for what was tapped before the last tap. */
export const MORE_ELEMENT = 'outbox-more';
/** Id of what the page for no connection says where a page could not be opened. */
export const NO_PAGE_ELEMENT = 'no-page';
/** Id of what it says where a form got no answer. The server hides it. */
export const NO_ANSWER_ELEMENT = 'no-answer';
/** Id of the line over a page that is a copy. The server hides it. */
export const COPY_ELEMENT = 'offline-copy';

/** The outbox is at work on every page: it reads out what has become of a tap. */
const EVERYWHERE: MessageKey[] = [
  'condition.ok',
  'condition.evacuated',
  'condition.hurt',
  'condition.help',
  'outbox.saved',
  'outbox.sent',
  'home.retract',
  'offline.asking',
  'offline.busy',
  'offline.copy',
  'offline.fresh',
  'offline.newer',
];

/** What stands where something was taken back: in the outbox, and on a board. */
const TAKEN_BACK: MessageKey[] = ['outbox.retracting', 'outbox.retracting.sign-in', 'signin.title'];

/** What is read out of the outbox on pages that have no place for it, too. */
const TOLD: MessageKey[] = [
  ...EVERYWHERE,
  'outbox.retracting',
  'outbox.retracting.sign-in',
  'outbox.waiting',
  'outbox.waiting.open',
  'outbox.sign-in',
  'outbox.refused',
  'error.invalid-request',
  'unsent.circle',
  'error.no-circle',
  'error.id-taken',
  'error.foreign-origin',
  'error.too-large',
];

/** What it shows in rows, on pages that have a place for them. */
const OUTBOX: MessageKey[] = [
  ...TOLD,
  ...TAKEN_BACK,
  'outbox.discard',
  'outbox.again',
  'outbox.count',
  'home.last.sent',
  'home.last.old',
  'home.last.boards',
  'home.last.on-the-way',
  'home.last.alerted',
  'seen.reached',
  'seen.seen',
  'seen.unconfirmed',
];

const BOARD: MessageKey[] = [
  ...TAKEN_BACK,
  'condition.silent',
  'age.now',
  'age.minutes',
  'age.hours',
  'age.days',
  'board.counts',
  'board.pill',
  'board.live',
  'board.as-of',
  'board.not-live',
  'board.busy',
  'board.lag',
  'board.last-word',
  'board.never',
  'board.written-arrived',
  'board.you',
  'board.keeper',
  'board.news',
  'board.gone',
  'board.alone',
  'board.answer',
  'live.not',
  'action.reload',
];

/** What the page of the alerts may have to say. */
export const ALERTS = [
  'alerts.on',
  'alerts.denied',
  'alerts.dismissed',
  'alerts.unsupported',
  'alerts.insecure',
  'alerts.failed',
  'alerts.test.sent',
  'alerts.test.arrived',
  'alerts.reached',
  'alerts.reached.none',
  'install.installed',
  'error.no-push-subscription',
  'error.push-host-not-allowed',
] as const satisfies MessageKey[];

/** What it says to nobody in particular: that something waits, and how to send it. */
const WAITING = ['outbox.count', 'unsent.sign-in', 'signin.title'] as const satisfies MessageKey[];

/** The messages that the script of each kind of page speaks. */
export const BROWSER_MESSAGES = {
  /** Any page that knows its reader to be nobody: whoever comes for the first time loads no more. */
  nobody: WAITING,
  plain: [...OUTBOX, 'outbox.retracted'],
  board: [...EVERYWHERE, ...BOARD],
  alerts: [...TOLD, ...ALERTS],
  invite: [...TOLD, 'invite.copied'],
  /** Pages for whoever has the phone. From the one for no connection the service worker reads its words. */
  offline: [...OUTBOX, ...WAITING, 'button.ok', 'button.help', 'alert.unreadable', 'outbox.retracted'],
} as const satisfies Record<string, readonly MessageKey[]>;

export type PageKind = keyof typeof BROWSER_MESSAGES;
