import { say, sayAloud, sayTime, type Words } from '../say.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { reasonOf } from './refusal-words.ts';

/** Where a try of sending stands. */
export interface Progress {
  /** The first is under way, as far as is known; else none has come to anything yet. */
  isUnderWay: boolean;
  /** Whether the browser sends what waits also when the app is closed (not on iOS, nor in Firefox). */
  isSentWhenClosed: boolean;
}

type OutboxKey = `outbox.${'saved' | 'waiting' | 'waiting.open' | 'sign-in' | 'sent'}`;

/**
 * How far an entry has come, as the text to be said with the time of the tap; one that has no place for a time leaves it out. After
 * that of what was refused stands why, see `reasonOf`.
 */
export function keyOf({ state, needsSignIn }: OutboxEntry, { isUnderWay, isSentWhenClosed }: Progress): OutboxKey {
  if (state === 'retracting') return retractingKey(Boolean(needsSignIn)) as OutboxKey;
  if (state === 'refused') return 'outbox.refused' as OutboxKey;
  if (state !== 'waiting') return `outbox.${state}`;
  if (isUnderWay) return 'outbox.saved';
  return isSentWhenClosed ? 'outbox.waiting' : 'outbox.waiting.open';
}

/** What was taken back on this phone and not yet for everybody. @param needsSignIn the service does not know who asks for it */
export function retractingKey(needsSignIn: boolean) {
  return needsSignIn ? 'outbox.retracting.sign-in' : 'outbox.retracting';
}

/** How far an entry has come, and why no further. @param speak `sayAloud` where it is only heard */
export function sayEntry(words: Words, entry: OutboxEntry, progress: Progress, speak = say): string {
  const text = speak(words, keyOf(entry, progress), { time: sayTime(words, new Date(entry.savedAt).toISOString()) });
  return entry.state === 'refused' ? `${text} ${speak(words, reasonOf(words, entry.code))}` : text;
}

/** The same for who listens, and does not see which entry it is: what was tapped, and how far it has come. */
export function sayTap(words: Words, entry: OutboxEntry, progress: Progress): string {
  const text = sayEntry(words, entry, progress, sayAloud);
  return entry.state === 'retracting' ? text : `${sayAloud(words, `condition.${entry.status.condition}`)}: ${text}`;
}
