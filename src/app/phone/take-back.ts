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
  if (entry.state !== 'retracting') await restoreWithdrawn(store, entry);
  return store.change(id, (current) => takeBack(current, now));
}

/** The same for what was sent from here and taken back on another device: it is kept here no more. */
export async function letGoHere(store: Store, id: string, person: string | null): Promise<boolean> {
  const entry = await findOwn(store, id, person);
  if (entry?.state !== 'sent') return false;
  await restoreWithdrawn(store, entry);
  return store.change(id, ({ state }) => (state === 'sent' ? null : undefined));
}

async function findOwn(store: Store, id: string, person: string | null): Promise<OutboxEntry | undefined> {
  return (await store.list()).find((entry) => entry.id === id && entry.person === person);
}

async function restoreWithdrawn(store: Store, { withdrawn = {} }: OutboxEntry): Promise<void> {
  for (const word of Object.values(withdrawn)) await store.put(word);
}
