import type { MessageKey } from '../i18n/catalogue.ts';

// Of the server alone: the browser gets the texts, and not the lists of them.

/** The outbox is at work on every page of somebody: it reads out what has become of a tap. */
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
