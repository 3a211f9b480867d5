import { takeBack } from './outbox-entry.ts';
import type { PhoneStore } from './phone-store.ts';

/**
 * Takes a status of this person's back on this phone. What was withdrawn from the boards because it hid this call for help waits
 * again, as it was tapped: the call may have been the slip. First, so that it is not lost with a phone that dies in between; until
 * the call is gone, boards show the later word of the two, which is the call.
 * @returns false where the phone knows no such status of theirs
 */
export async function takeBackHere(
  store: Pick<PhoneStore, 'list' | 'put' | 'change'>,
  id: string,
  person: string | null,
  now: number,
): Promise<boolean> {
  const entry = (await store.list()).find((own) => own.id === id && own.person === person);
  if (!entry) return false;
  // Taken back before, it has let them go before: they may be taken back themselves by now.
  if (entry.state !== 'retracting') for (const word of Object.values(entry.withdrawn ?? {})) await store.put(word);
  return store.change(id, (current) => takeBack(current, now));
}
