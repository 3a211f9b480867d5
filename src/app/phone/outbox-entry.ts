import { RETRY_AFTER_BELIEVED_SECONDS } from '../../contract/limits.ts';
import { chooseRetryWait } from '../../contract/send-again.ts';
import type { Condition, PostStatus } from '../../contract/statuses.ts';
import type { ToldStatus } from '../parts/last-status.tsx';

/**
 * A status that was tapped on this phone. It is written down before anything is sent and keeps its id through every retry,
 * reload and tab, so that the service can tell a repetition.
 */
export interface OutboxEntry {
  id: string;
  /** Who tapped: sent only while that person is signed in here. */
  person: string;
  status: { condition: Condition; note?: string; place?: string; circles?: string[]; placeCircles?: string[] };
  /** When it was tapped, by this phone's clock, in milliseconds. */
  savedAt: number;
  /** `retracting`: taken back before it was known to have arrived, so the service must hear of that. */
  state: 'waiting' | 'retracting' | 'sign-in' | 'refused' | 'sent';
  /** While it is taken back: the service did not know who asked for that, and goes on showing it to everybody. */
  needsSignIn?: boolean;
  /** A try of sending it has begun: from then on the service may have it. */
  isTried?: boolean;
  attempts: number;
  /** Not to be tried before; a sign that the network is back overrides it. */
  dueAt: number;
  /** Not to be tried before, on the service's word (`Retry-After`); nothing overrides it. */
  notBefore: number;
  /** When it was written, by the service's clock, of what was sent: boards go by that. RFC 3339, as receipts have it. */
  datedAt?: string | undefined;
  /**
   * On a call for help: what was withdrawn from the boards because it hid the call there, by its former id, as it would be sent
   * anew if the call is taken back.
   */
  withdrawn?: Record<string, OutboxEntry>;
  /** Why it was refused. */
  code?: string;
  /** The epoch of each circle in which it was offered again, because the board of that epoch lacked it. */
  offered?: Record<string, string>;
}

/**
 * What came of one try. `network`: no answer at all. `id` and `writtenAt` are those of a receipt, `code` that of a refusal, and
 * there only in the service's own words: a proxy or a hotel's login page on the way answers too, and settles nothing.
 */
export type Answer =
  | 'network'
  | {
      status: number;
      id?: string | undefined;
      writtenAt?: string | undefined;
      code?: string | undefined;
      retryAfterSeconds?: number | undefined;
      isRetracted?: boolean;
    };

/** *help* has a lane for itself, as in the service: it waits behind no other request of this phone. */
export const OUTBOX_LANES = ['help', 'rest'] as const;
export type OutboxLane = (typeof OUTBOX_LANES)[number];

export function laneOf({ status }: OutboxEntry): OutboxLane {
  return status.condition === 'help' ? 'help' : 'rest';
}

const FIRST_RETRY_MS = 2_000;
/** A phone that lost its network tries often enough to use a moment of it, and seldom enough to keep its battery. */
const LONGEST_RETRY_MS = 60_000;
/** A tap that says the same as the last one within this time was the same tap of a shaking hand. */
const SAME_TAP_MS = 10_000;

/** For so long a tap that nothing was sent of yet is taken back without a trace. */
const UNDO_MS = 10_000;

/** A new entry, due at once. */
export function makeEntry(id: string, person: string, status: OutboxEntry['status'], now: number): OutboxEntry {
  return { id, person, status, savedAt: now, state: 'waiting', attempts: 0, dueAt: now, notBefore: 0 };
}

/** The body to post. Only the difference of its two times counts, so a wrong clock does no harm. */
export function makeBody({ id, status, savedAt }: OutboxEntry, now: number): PostStatus {
  return { id, ...status, writtenAt: new Date(savedAt).toISOString(), sentAt: new Date(now).toISOString() };
}

/** What is known of a status when the service has just taken it. @param acceptedAt by the service's clock */
export function tellSent({ id, status, savedAt }: OutboxEntry, acceptedAt: number): ToldStatus {
  return { id, ...status, writtenAt: new Date(savedAt).toISOString(), acceptedAt: new Date(acceptedAt).toISOString() };
}

/** Whether there is something to send now. @param isHopeful something says that the network may be back */
export function isDue(entry: OutboxEntry, now: number, isHopeful: boolean): boolean {
  if (entry.state !== 'waiting' && entry.state !== 'retracting') return false;
  return heldUntil(entry, now) <= now && (isHopeful || readDue(entry, now) <= now);
}

/** Until when the service asked to be left alone; 0 for a time further ahead than anything it is believed: a clock was wrong then. */
export function heldUntil({ notBefore }: OutboxEntry, now: number): number {
  return notBefore - now > RETRY_AFTER_BELIEVED_SECONDS * 1_000 ? 0 : notBefore;
}

function readDue({ dueAt }: OutboxEntry, now: number): number {
  return dueAt - now > LONGEST_RETRY_MS ? 0 : dueAt;
}

/**
 * Whether to spare a try that the browser says is hopeless: as long as it is new, so that taking it back leaves no trace. Later
 * it is tried all the same, because some browsers are wrong about having no network.
 */
export function isSpared(entry: OutboxEntry, now: number, isOnline: boolean): boolean {
  return !isOnline && !entry.isTried && entry.state === 'waiting' && isWithin(UNDO_MS, entry, now);
}

/** Whether it was tapped so shortly before; one from the future was not: the clock was wrong then. */
function isWithin(ms: number, { savedAt }: OutboxEntry, now: number): boolean {
  return now >= savedAt && now - savedAt < ms;
}

/** The entry when its author takes it back; null: the service never heard of it, and need not hear of this. */
export function takeBack(entry: OutboxEntry, now: number): OutboxEntry | null {
  const mayHaveArrived = entry.isTried || entry.attempts > 0 || entry.state === 'sent';
  if (!mayHaveArrived || entry.state === 'refused') return null;
  return { ...entry, state: 'retracting', dueAt: now, notBefore: 0 };
}

/**
 * The entry after a try; null: nothing is left to do and nothing to show. Nothing is ever discarded because of a failure.
 * @param random from 0 to 1, spreads the phones of a whole town over the waiting time
 */
export function afterAnswer(entry: OutboxEntry, answer: Answer, now: number, random: number): OutboxEntry | null {
  if (answer !== 'network') {
    const { status, id, code } = answer;
    const isRetracting = entry.state === 'retracting';
    const unknown = { ...entry, dueAt: now + LONGEST_RETRY_MS };
    if (status === 401 && code) return isRetracting ? { ...unknown, needsSignIn: true } : { ...unknown, state: 'sign-in' };
    // 404: the service never had it, and has now been told not to take it.
    if (isRetracting && (status === 204 || (status === 404 && code))) return null;
    // Taken back from another phone before it came.
    if (status === 202 && id === entry.id)
      return answer.isRetracted ? null : { ...entry, state: 'sent', datedAt: answer.writtenAt };
    if (!isRetracting && code && status < 500 && status !== 429) return { ...entry, state: 'refused', code };
  }
  const wait = chooseRetryWait({ firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS }, entry.attempts, random);
  const told = answer === 'network' ? 0 : (answer.retryAfterSeconds ?? 0) * 1_000;
  return { ...entry, attempts: entry.attempts + 1, dueAt: now + wait, notBefore: told ? now + told : 0 };
}

/** Taps further apart are not held against each other: between them the phone's clock may have been set. */
const CLOSE_TAPS_MS = 60_000;

/**
 * The call for help, tapped right after this word, in whose place boards show the word; undefined where there is none. The service
 * dates by when a request arrives, and that of the call has overtaken this one, which hung on its way.
 */
export function findHidden(
  { person, state, status, savedAt, datedAt = '' }: OutboxEntry,
  entries: readonly OutboxEntry[],
): OutboxEntry | undefined {
  if (state !== 'sent' || status.condition === 'help') return undefined;
  return entries.find((call) => {
    const { condition, circles } = call.status;
    const isLater = call.savedAt > savedAt && call.savedAt - savedAt < CLOSE_TAPS_MS;
    const isEverywhere = !circles || status.circles?.every((circle) => circles.includes(circle));
    const isCall = condition === 'help' && call.state === 'sent' && call.person === person;
    return isCall && isLater && isEverywhere && call.datedAt && call.datedAt <= datedAt;
  });
}

/** The entry as it is tried again for whoever has signed in again; undefined where it does not wait for that. */
export function afterSignIn(entry: OutboxEntry): OutboxEntry | undefined {
  if (entry.state === 'sign-in') return { ...entry, state: 'waiting', dueAt: 0 };
  return entry.needsSignIn ? { ...entry, needsSignIn: false, dueAt: 0 } : undefined;
}

/** When to look again: the earliest moment at which a waiting entry is due; null when none waits. */
export function nextDue(entries: readonly OutboxEntry[], now: number): number | null {
  const waiting = entries.filter(({ state }) => state === 'waiting' || state === 'retracting');
  return waiting.length === 0 ? null : Math.min(...waiting.map((entry) => Math.max(readDue(entry, now), heldUntil(entry, now))));
}

/** What a person tapped last, of what is kept on this phone. */
export function findNewest(entries: readonly OutboxEntry[], person: string): OutboxEntry | undefined {
  return entries.filter((entry) => entry.person === person).sort((a, b) => b.savedAt - a.savedAt)[0];
}

/** What a tap only repeats: the person's last one, just saved. After another button it is a correction, and counts. */
export function findSameTap(entries: readonly OutboxEntry[], { person, status, savedAt }: OutboxEntry): OutboxEntry | undefined {
  const last = findNewest(entries, person);
  if (!last || !isWithin(SAME_TAP_MS, last, savedAt)) return undefined;
  const isStanding = last.state === 'waiting' || last.state === 'sent';
  return isStanding && JSON.stringify(last.status) === JSON.stringify(status) ? last : undefined;
}
