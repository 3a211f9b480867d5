import type { Condition } from '../../contract/statuses.ts';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { languageOf } from '../../i18n/locales.ts';
import { makeEntry, type OutboxEntry } from '../phone/outbox-entry.ts';
import { sayEntry } from '../phone/outbox-words.ts';
import type { PhoneStore } from '../phone/phone-store.ts';
import { takeBackHere } from '../phone/take-back.ts';
import { say, type Words } from '../say.ts';
import { PICTURES } from './notifications.ts';

/** One notification tells what became of the answer; each newer word replaces the one before. */
export const ANSWER_TAG = 'answer';

/** What the notification of an answer offers: taking it back, for a thumb slips on a lock screen more easily than on a page. */
export const UNDO = 'undo';

/** A notification of ours that tells of an answer. */
export interface ToldAnswer {
  body: string;
  /** `person`: whose answer it is. `isTakenBack`: on a notification, whose author looks there for what came of that. */
  data: { entry: string; person: string; isTakenBack: boolean };
  close(): void;
}

export interface AnswerParts {
  store: Pick<PhoneStore, 'list' | 'save' | 'put' | 'change' | 'person'>;
  /** Sends what waits; whatever comes of it stands in the store afterwards. */
  send: (person: string) => Promise<unknown>;
  show: (title: string, options: NotificationOptions) => Promise<void>;
  words: Words;
  /** Whether this browser sends what waits also when the app is closed. */
  isSentWhenClosed: boolean;
  now: () => number;
}

/**
 * Answers an alert from its notification: to all circles, as the four buttons do. Written down on the phone first, then sent,
 * and told by a notification both times, for no page may be open to tell it.
 * @returns false where nobody is known on this phone: then a page has to ask
 */
export async function answerAlert(condition: Condition, parts: AnswerParts): Promise<boolean> {
  const { store, send, now } = parts;
  const person = await store.person();
  if (!person) return false;
  const entry = await store.save(makeEntry(makeUuidV7(now()), person, { condition }, now()));
  await showEntry(entry, parts, { isUnderWay: true });
  await send(person);
  const current = (await store.list()).find(({ id }) => id === entry.id);
  if (current) await showEntry(current, parts);
  return true;
}

/**
 * Takes an answer back from the notification that tells of it, as the button on the page does, and tells that it is so: at once,
 * for the tap has closed that notification and a network may take half a minute to say nothing, and again when it is known.
 * @returns false where it is not on this phone (any more), or another person's: then the page knows what can be done
 */
export async function undoAnswer(id: string, parts: AnswerParts): Promise<boolean> {
  const { store, send, now } = parts;
  const person = await store.person();
  const isOurs = await takeBackHere(store, id, person, now());
  if (!person || !isOurs) return false;
  const told = { entry: id, person, isTakenBack: true };
  if (!(await showTakenBack(told, parts))) return true;
  await send(person);
  await showTakenBack(told, parts);
  return true;
}

/** @returns whether the service has still to hear of it */
async function showTakenBack(told: ToldAnswer['data'], parts: AnswerParts): Promise<boolean> {
  const left = (await parts.store.list()).find(({ id }) => id === told.entry);
  if (left) await showEntry(left, parts, { isTakenBack: true });
  else await showGone(told, parts);
  return left !== undefined;
}

/**
 * Brings the notifications that tell of an answer up to what became of it since: also by a page, which may have sent it first.
 * What is gone is told of no more, but where it was taken back on the notification itself; and to nobody what is another's.
 */
export async function retellAnswers(
  told: readonly ToldAnswer[],
  parts: Telling & { store: Pick<PhoneStore, 'list' | 'person'> },
): Promise<void> {
  const [entries, reader] = await Promise.all([parts.store.list(), parts.store.person()]);
  for (const notification of told) {
    const { body, data } = notification;
    const { person, isTakenBack } = data;
    const entry = entries.find(({ id }) => id === data.entry);
    if (person !== reader || !(entry || isTakenBack)) notification.close();
    else if (entry && body !== describe(entry, parts, false)) await showEntry(entry, parts, { isTakenBack });
    else if (!entry && body !== sayGone(parts)) await showGone(data, parts);
  }
}

type Telling = Pick<AnswerParts, 'show' | 'words' | 'isSentWhenClosed'>;

function showEntry(entry: OutboxEntry, telling: Telling, { isUnderWay = false, isTakenBack = false } = {}): Promise<void> {
  const { show, words } = telling;
  const { id, person, state, status } = entry;
  const isStanding = state !== 'refused' && state !== 'retracting';
  return show(say(words, `condition.${status.condition}`), {
    ...makeOptions(words, { entry: id, person, isTakenBack }, describe(entry, telling, isUnderWay)),
    ...(isStanding && { actions: [{ action: UNDO, title: say(words, 'home.retract') }] }),
  });
}

function showGone(told: ToldAnswer['data'], telling: Telling): Promise<void> {
  return telling.show('Buji', makeOptions(telling.words, told, sayGone(telling)));
}

const sayGone = ({ words }: Telling) => say(words, 'outbox.retracted');

function makeOptions(words: Words, told: ToldAnswer['data'], body: string): NotificationOptions {
  return {
    body,
    lang: languageOf(words.locale),
    tag: ANSWER_TAG,
    // It answers a tap of this moment: no second sound.
    silent: true,
    ...PICTURES,
    // The page that shows it first, with the button that takes it back.
    data: { navigate: '/', ...told },
  };
}

function describe(entry: OutboxEntry, { words, isSentWhenClosed }: Omit<Telling, 'show'>, isUnderWay: boolean): string {
  return sayEntry(words, entry, { isUnderWay, isSentWhenClosed });
}
