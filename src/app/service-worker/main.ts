/// <reference lib="webworker" />

import { askBackgroundSync } from '../phone/background-sync.ts';
import { inTime } from '../phone/in-time.ts';
import type { ShownBoard } from '../phone/kept-page.ts';
import { OUTBOX_LANES, type OutboxLane } from '../phone/outbox-entry.ts';
import { sendOutbox } from '../phone/outbox-send.ts';
import { openOutboxChannel, openPhoneStore } from '../phone/phone-store.ts';
import { openReachedChannel, type ReachedNote } from '../phone/reached-channel.ts';
import { sendSubscription } from '../phone/send-subscription.ts';
import { type AlertData, ANSWERS, isForSameReader, type PushMessage, readAlert, readPush } from './alert.ts';
import { ANSWER_TAG, type AnswerParts, answerAlert, retellAnswers, type ToldAnswer, UNDO, undoAnswer } from './answer-alert.ts';
import { answerAsset, answerForm, answerNavigation, answerNewer, expectChange, passForm } from './answer-fetch.ts';
import { forgetBoard, forgetPages, keepBoard, keepShell, renewShell } from './kept-pages.ts';
import { readKeptWords } from './kept-words.ts';
import { inTurn } from './notifications.ts';
import { planFetch } from './plan-fetch.ts';
import { reportReached } from './reached.ts';

declare const self: ServiceWorkerGlobalScope;

// Written by hand: caches the shell, shows alerts, and sends the outbox when the page is closed.

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell(caches).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const plan = planFetch(request, self.location.origin);
  const later = (work: Promise<unknown>) => event.waitUntil(work);
  if (plan === 'asset') event.respondWith(answerAsset(caches, request, later));
  else if (plan === 'page') event.respondWith(answerNavigation(caches, request, later));
  else if (plan === 'newer') event.respondWith(answerNewer(caches, request, later));
  else if (plan === 'changes' || plan === 'circles') {
    expectChange(plan === 'circles' ? plan : undefined);
    event.respondWith(passForm(caches, request));
  } else if (plan === 'renews') event.respondWith(answerForm(caches, request, later));
  else if (plan === 'leaves') event.respondWith(answerForm(caches, request, later, true));
  else if (plan === 'forget') {
    expectChange('reader');
    // Another person, or another language: no page on this phone may still show the former.
    event.waitUntil(forgetPages(caches));
  }
});

self.addEventListener('message', (event) => {
  const { keep, forget, isOutboxChanged } = event.data as { keep?: ShownBoard; forget?: string; isOutboxChanged?: true };
  if (keep) event.waitUntil(keepBoard(caches, keep));
  if (forget) event.waitUntil(forgetBoard(caches, forget));
  // A page may have sent what was answered from a notification, while this was trying to.
  if (isOutboxChanged) event.waitUntil(retell());
});

self.addEventListener('push', (event) => {
  // Always exactly one notification: a browser that sees a push without one takes the permission away.
  const message = event as PushMessage;
  const text = readPush(message);
  // Only what is shown has reached anybody.
  event.waitUntil(
    showAlert(text, Boolean(message.notification)).then(() =>
      Promise.all([noteReached(text), reportReached(text, { fetch, wait })]),
    ),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { navigate, answer, entry } = event.notification.data as AlertData & Partial<ToldAnswer['data']>;
  const condition = ANSWERS.find((action) => action === event.action);
  const page = new URL(navigate, self.location.origin).href;
  if (condition) event.waitUntil(actHere(answer, (parts) => answerAlert(condition, parts)));
  else if (event.action === UNDO && entry) event.waitUntil(actHere(page, (parts) => undoAnswer(entry, parts)));
  else event.waitUntil(openPage(page));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  // The page sends the subscription again at every open; this only shortens the silence until then.
  const change = event as unknown as { oldSubscription?: PushSubscription };
  const key = change.oldSubscription?.options.applicationServerKey;
  if (!key) return;
  const renewed = self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  (event as ExtendableEvent).waitUntil(renewed.then((subscription) => sendSubscription(subscription)));
});

self.addEventListener('sync', (event) => {
  (event as ExtendableEvent).waitUntil(sendWhatWaits());
});

/** How many answers a notification can show here: on iOS none, and outside of the home screen it has no notifications at all. */
const answersMax = (self as { Notification?: { maxActions?: number } }).Notification?.maxActions ?? 0;

/** An alert is worth more than the words of its answers. */
const RENEWAL_MS = 2_000;

/** @param isDeclared whether the browser has a notification of its own ready, and shows that where none of ours is */
async function showAlert(text: string, isDeclared: boolean): Promise<void> {
  const renewal = inTime(
    RENEWAL_MS,
    renewShell(caches, (kept) => isForSameReader(text, kept)),
  ).catch(() => undefined);
  // The language may have been chosen on another phone: the answers are written in the one that the alert itself is in.
  if (answersMax > 0) await renewal;
  const words = await readKeptWords(caches, Date.now());
  const { title, options, badge } = readAlert(text, self.location.origin, words, answersMax);
  // In the place of a declared one the browser wants ours to say where a tap leads, as that did.
  const declared = isDeclared && ({ navigate: options.data.navigate } as NotificationOptions);
  await show(title, { ...options, ...declared }).catch(() => (isDeclared ? undefined : show('Buji', { data: options.data })));
  if (badge) await navigator.setAppBadge?.(badge).catch(() => undefined);
  await renewal;
}

/** The page of the alerts says when this phone was last reached, and at once that the test has come. */
async function noteReached(text: string): Promise<void> {
  const at = Date.now();
  await openPhoneStore().then(
    (store) => store.setReachedAt(at),
    () => undefined,
  );
  openReachedChannel()?.postMessage({ at, isTest: text.includes('"kind":"test"') } satisfies ReachedNote);
}

const showNow = (title: string, options: NotificationOptions) => self.registration.showNotification(title, options);
const show = (title: string, options: NotificationOptions) => inTurn(() => showNow(title, options));

/** Not on iOS, nor in Firefox. */
const isSentWhenClosed = 'sync' in self.registration;

/** Does what was tapped on a notification; whatever keeps it from being done here, `page` is where it can be. */
async function actHere(page: string, act: (parts: AnswerParts) => Promise<boolean>): Promise<void> {
  const isDone = async () => {
    const [store, words] = await Promise.all([openPhoneStore(), readKeptWords(caches, Date.now())]);
    return words !== null && act({ store, send: trySend, show, words, isSentWhenClosed, now: Date.now });
  };
  try {
    if (!(await isDone().catch(() => false))) await openPage(page);
  } finally {
    // Since the last look at the outbox a page may have told the service, or its person may have left this phone to another.
    await retell();
  }
}

/**
 * An answer that waited was sent meanwhile: the notification that told of it says so. All in one turn: what is shown in the place of
 * another has its tag, and with that what a late `close` of the other would close.
 */
async function retell(): Promise<void> {
  const store = await openPhoneStore();
  await inTurn(async () => {
    const told = await self.registration.getNotifications({ tag: ANSWER_TAG });
    const words = told.length > 0 && (await readKeptWords(caches, Date.now()));
    if (words) await retellAnswers(told as unknown as ToldAnswer[], { store, show: showNow, words, isSentWhenClosed });
  });
}

/** Sends now what can be sent; the rest when the browser has a network again, where it can tell (not on iOS, nor in Firefox). */
async function trySend(): Promise<void> {
  await sendWhatWaits().catch(() => askBackgroundSync(self.registration));
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Brings a window of ours to the page, or opens one. */
async function openPage(url: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find((client) => client.url === url);
  if (there) return void (await there.focus());
  const [any] = windows;
  // Some browsers refuse to navigate a window that they gave no control of: then a new one opens.
  const moved = await any?.navigate(url).catch(() => null);
  await (moved ? moved.focus() : self.clients.openWindow(url));
}

async function sendWhatWaits(): Promise<void> {
  const store = await openPhoneStore();
  const person = await store.person();
  const sendLane = async (lane: OutboxLane, isHopeful = true) => {
    if (!person || !(await sendOutbox({ store, person, lane, isHopeful }))) return;
    openOutboxChannel()?.postMessage(null);
    await retell();
  };
  await Promise.all(OUTBOX_LANES.map((lane) => sendLane(lane)));
  // The answer to a call for help may have taken back a word that hides it.
  await sendLane('rest', false);
  // Also what a page has sent meanwhile.
  await retell();
  const isWaiting = (await store.list()).some(
    ({ person: author, state }) => author === person && (state === 'waiting' || state === 'retracting'),
  );
  // A sync that fails is repeated by the browser, at times of its own choosing.
  if (isWaiting) throw new Error('not all was sent');
}
