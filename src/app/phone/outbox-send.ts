import { PROBLEM_TYPE } from '../../contract/errors.ts';
import { PERSON_HEADER } from '../../contract/people.ts';
import type { Receipt } from '../../contract/statuses.ts';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { inLock } from './in-lock.ts';
import { fetchInTime, readRetryAfter } from './in-time.ts';
import {
  type Answer,
  afterAnswer,
  findHidden,
  heldUntil,
  isDue,
  isSpared,
  laneOf,
  makeBody,
  makeEntry,
  type OutboxEntry,
  type OutboxLane,
  takeBack,
} from './outbox-entry.ts';
import type { PhoneStore } from './phone-store.ts';
import { restoreWithdrawn } from './take-back.ts';

export interface SendOptions {
  store: Pick<PhoneStore, 'list' | 'put' | 'change'>;
  /** Who is signed in here. */
  person: string;
  lane: OutboxLane;
  /** Something says that the network may be back: waiting times of our own are skipped. */
  isHopeful: boolean;
  send?: (entry: OutboxEntry, now: number) => Promise<Answer>;
  now?: () => number;
  random?: () => number;
  isOnline?: () => boolean;
}

/**
 * Sends what is due of a lane, one by one: oldest first, and by one tab at a time where the browser has Web Locks; calls for help
 * newest first, and each at once, whatever request hangs: only one that another is sending this moment is left to that. Where
 * the browser has no locks, two tabs may send the same status, which its id makes harmless.
 * @returns whether anything changed
 */
export async function sendOutbox(options: SendOptions): Promise<boolean> {
  if (options.lane === 'rest') return inLock('buji-outbox', {}, () => sendDue(options, sendOne));
  return sendDue(options, (entry) =>
    inLock(`buji-outbox-${entry.id}`, { ifAvailable: true }, async (lock) => (lock ? sendOne(entry, options) : null)),
  );
}

async function sendDue(options: SendOptions, sendEach: typeof sendOne): Promise<boolean> {
  const { store, lane } = options;
  const entries = (await store.list()).filter((entry) => laneOf(entry) === lane).sort((a, b) => a.savedAt - b.savedAt);
  if (lane === 'help') entries.reverse();
  let hasChanged = false;
  for (const entry of entries) {
    const answer = await sendEach(entry, options);
    if (!answer) continue;
    hasChanged = true;
    // One that got no answer says the same about all that follow; and so does a service that asks to be left alone for a while.
    if (answer === 'network' || isAskedToWait(answer)) break;
  }
  return hasChanged;
}

/** @returns null where it was not to be sent, or what came of it does not matter any more */
async function sendOne(
  entry: OutboxEntry,
  {
    store,
    person,
    isHopeful,
    send = trySend,
    now = Date.now,
    random = Math.random,
    isOnline = () => globalThis.navigator?.onLine ?? true,
  }: SendOptions,
): Promise<Answer | null> {
  if (entry.person !== person || isSpared(entry, now(), isOnline())) return null;
  // Written down before it can have arrived; and what was taken back, sent or put off meanwhile is not sent.
  const isOurs = await store.change(entry.id, (current) =>
    current.state === entry.state && isDue(current, now(), isHopeful) ? { ...current, isTried: true } : undefined,
  );
  if (!isOurs) return null;
  const answer = await send(entry, now());
  // Taken back on another device: what was withdrawn for it stands again, as where it is taken back here.
  if (answer !== 'network' && answer.isRetracted && answer.id === entry.id) await restoreWithdrawn(store, entry);
  // It may have been taken back, or sent by another tab, while the answer was on its way; or be so this very moment.
  const isChanged = await store.change(entry.id, (current) =>
    current.state === entry.state ? afterAnswer(current, answer, now(), random()) : undefined,
  );
  if (!isChanged) return null;
  if (answer !== 'network' && isAskedToWait(answer)) {
    const notBefore = now() + (answer.retryAfterSeconds ?? 0) * 1_000;
    const others = await store.list();
    await Promise.all(others.map(({ id }) => store.change(id, (other) => putOff(other, person, notBefore, now()))));
  }
  const entries = await store.list();
  // The last word stands, above all this one: what would hide it from its boards is taken back from them.
  for (const other of entries) {
    const call = findHidden(other, entries);
    if (call && (await withdraw(other, call, store))) await store.change(other.id, (current) => takeBack(current, now()));
  }
  return answer;
}

/** Keeps what hides a call with that call, for if it is taken back; false where it is so already, and hides nothing. */
function withdraw(
  { id, person, status, savedAt }: OutboxEntry,
  call: OutboxEntry,
  store: SendOptions['store'],
): Promise<boolean> {
  return store.change(call.id, (current) => {
    if (current.state !== 'sent') return undefined;
    const again = current.withdrawn?.[id] ?? makeEntry(makeUuidV7(savedAt), person, status, savedAt);
    return { ...current, withdrawn: { ...current.withdrawn, [id]: again } };
  });
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
    headers: { [PERSON_HEADER]: entry.person, ...(!isRetraction && { 'content-type': 'application/json' }) },
    ...(!isRetraction && { body: JSON.stringify(makeBody(entry, now)) }),
  });
  // Whatever went wrong, the entry is on the phone and is tried again.
  if (!response) return 'network';
  const { id, writtenAt, type, code, retracted } = await readBody(response);
  return {
    status: response.status,
    id,
    writtenAt,
    code: type === PROBLEM_TYPE + code ? code : undefined,
    retryAfterSeconds: readRetryAfter(response),
    isRetracted: retracted === true,
  };
}

/** What is read of a receipt or of a problem; nothing of what is not JSON. */
async function readBody(response: Response): Promise<Partial<Receipt & { type: string; code: string }>> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? body : {};
}
