import { type OutboxEntry, takeBack } from './outbox-entry.ts';
import type { PhoneStore } from './phone-store.ts';

type Store = Pick<PhoneStore, 'list' | 'put' | 'change'>;

/**
 * Takes a status of this person's back on this phone. What was withdrawn from the boards because it hid this call for help waits
 * again, as it was tapped: the call may have been the slip. First, so that it is not lost with a phone that dies in between; until
 * the call is gone, boards show the later word of the two, which is the call.
 * @returns false where the phone knows no such status of theirs
 */
export async function takeBackHere(store: Store, id: string, person: string | null, now: number): Promise<boolean> {
  const entry = await findOwn(store, id, person);
  if (!entry) return false;
  // Taken back before, it has let them go before: they may be taken back themselves by now.
  if (entry.state === 'retracting') return store.change(id, (current) => takeBack(current, now));
  return endCall(store, entry, (current) => takeBack(current, now));
}

/** The same for what was sent from here and taken back on another device: it is kept here no more. */
export async function letGoHere(store: Store, id: string, person: string | null): Promise<boolean> {
  const entry = await findOwn(store, id, person);
  return entry?.state === 'sent' && endCall(store, entry, ({ state }) => (state === 'sent' ? null : undefined));
}

/** Lets wait again what was withdrawn for a call: all of it, but for what is restored `already`. */
export async function restoreWithdrawn(store: Store, { withdrawn = {} }: OutboxEntry, already = {}): Promise<void> {
  for (const [id, word] of Object.entries(withdrawn)) if (!(id in already)) await store.put(word);
}

async function endCall(store: Store, call: OutboxEntry, end: (current: OutboxEntry) => OutboxEntry | null | undefined) {
  await restoreWithdrawn(store, call);
  let ended: OutboxEntry | undefined;
  const isEnded = await store.change(call.id, (current) => {
    if (current.state === 'sent') ended = current;
    return end(current);
  });
  // What hid it may have been answered, and withdrawn, between the two.
  if (ended) await restoreWithdrawn(store, ended, call.withdrawn);
  return isEnded;
}

async function findOwn(store: Store, id: string, person: string | null): Promise<OutboxEntry | undefined> {
  return (await store.list()).find((entry) => entry.id === id && entry.person === person);
}
