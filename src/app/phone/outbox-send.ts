import { PROBLEM_TYPE } from '../../contract/errors.ts';
import { RETRY_AFTER_BELIEVED_SECONDS } from '../../contract/limits.ts';
import { readRetrySeconds } from '../../contract/send-again.ts';
import { fetchInTime } from './in-time.ts';
import { type Answer, afterAnswer, heldUntil, isDue, isSpared, makeBody, type OutboxEntry } from './outbox-entry.ts';
import type { PhoneStore } from './phone-store.ts';

export interface SendOptions {
  store: Pick<PhoneStore, 'list' | 'change'>;
  /** Who is signed in here. */
  person: string;
  /** Something says that the network may be back: waiting times of our own are skipped. */
  isHopeful: boolean;
  send?: (entry: OutboxEntry, now: number) => Promise<Answer>;
  now?: () => number;
  random?: () => number;
  isOnline?: () => boolean;
}

/**
 * Sends what is due, oldest first and one by one. Only one tab does so at a time where the browser has Web Locks; where it
 * has none, two tabs may send the same status, which its id makes harmless.
 * @returns whether anything changed
 */
export async function sendOutbox(options: SendOptions): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request('buji-outbox', () => sendDue(options)) : sendDue(options);
}

async function sendDue({
  store,
  person,
  isHopeful,
  send = trySend,
  now = Date.now,
  random = Math.random,
  isOnline = () => globalThis.navigator?.onLine ?? true,
}: SendOptions): Promise<boolean> {
  const entries = (await store.list()).sort((a, b) => a.savedAt - b.savedAt);
  let hasChanged = false;
  for (const entry of entries) {
    if (entry.person !== person || !isDue(entry, now(), isHopeful) || isSpared(entry, now(), isOnline())) continue;
    // Written down before it can have arrived; and what was taken back or sent meanwhile is not sent.
    const isOurs = await store.change(entry.id, (current) =>
      current.state === entry.state ? { ...current, isTried: true } : undefined,
    );
    if (!isOurs) continue;
    const answer = await send(entry, now());
    // It may have been taken back, or sent by another tab, while the answer was on its way; or be so this very moment.
    const isChanged = await store.change(entry.id, (current) =>
      current.state === entry.state ? afterAnswer(current, answer, now(), random()) : undefined,
    );
    if (!isChanged) continue;
    hasChanged = true;
    // One that got no answer says the same about all that follow; and so does a service that asks to be left alone for a while.
    if (answer === 'network') break;
    if (isAskedToWait(answer)) {
      const notBefore = now() + (answer.retryAfterSeconds ?? 0) * 1_000;
      await Promise.all(entries.map(({ id }) => store.change(id, (other) => putOff(other, person, notBefore, now()))));
      break;
    }
  }
  return hasChanged;
}

/** 429 and 503 are about the person and the service; any other answer is about this one status alone. */
function isAskedToWait(answer: Exclude<Answer, 'network'>): boolean {
  return answer.status === 429 || answer.status === 503;
}

function putOff(entry: OutboxEntry, person: string, notBefore: number, now: number): OutboxEntry | undefined {
  const isWaiting = entry.person === person && (entry.state === 'waiting' || entry.state === 'retracting');
  return isWaiting && heldUntil(entry, now) < notBefore ? { ...entry, notBefore } : undefined;
}

async function trySend(entry: OutboxEntry, now: number): Promise<Answer> {
  const isRetraction = entry.state === 'retracting';
  // The same id makes giving up harmless.
  const response = await fetchInTime(isRetraction ? `/v1/statuses/${entry.id}` : '/v1/statuses', {
    method: isRetraction ? 'DELETE' : 'POST',
    credentials: 'same-origin',
    keepalive: true,
    // The cookie is whose browser this is by now; the entry knows who tapped.
    headers: { 'x-person': entry.person, ...(!isRetraction && { 'content-type': 'application/json' }) },
    ...(!isRetraction && { body: JSON.stringify(makeBody(entry, now)) }),
  });
  // Whatever went wrong, the entry is on the phone and is tried again.
  if (!response) return 'network';
  const { id, type, code, retracted } = await readBody(response);
  return {
    status: response.status,
    id,
    code: type === PROBLEM_TYPE + code ? code : undefined,
    retryAfterSeconds: readRetryAfter(response),
    isRetracted: retracted === true,
  };
}

/** What is read of a receipt or of a problem; nothing of what is not JSON. */
async function readBody(response: Response): Promise<{ id?: string; type?: string; code?: string; retracted?: boolean }> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? body : {};
}

/** How long a service asks to be left alone, in seconds, as far as that is believed. */
export function readRetryAfter(response: Response): number | undefined {
  const seconds = readRetrySeconds(response.headers.get('retry-after'));
  return seconds === null ? undefined : Math.min(seconds, RETRY_AFTER_BELIEVED_SECONDS);
}
