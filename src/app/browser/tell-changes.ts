import type { OutboxEntry } from '../phone/outbox-entry.ts';
import { sayTap } from '../phone/outbox-words.ts';
import { sayAloud, type Words } from '../say.ts';

/** What whoever listens has been told of the outbox of a page. */
export class ChangeTeller {
  #former: readonly OutboxEntry[] | undefined;

  /**
   * What is new, in the words that the rows have: not sent yet (once, however often it is tried), refused, waiting for a sign-in,
   * taken back. Nothing of what was so when the page was opened, nor that something is saved or sent, which is told elsewhere.
   * @param isSentWhenClosed whether the browser sends what waits also when the app is closed
   */
  tell(words: Words, entries: readonly OutboxEntry[], isSentWhenClosed: boolean): string[] {
    const former = this.#former;
    this.#former = entries;
    if (!former) return [];
    const changed = entries.filter((entry) => {
      const before = former.find(({ id }) => id === entry.id);
      return !before || markOf(before) !== markOf(entry);
    });
    const told = changed.flatMap((entry) => describe(words, entry, isSentWhenClosed) ?? []);
    const isGone = ({ id, state }: OutboxEntry) => state !== 'sent' && state !== 'refused' && !entries.some((e) => e.id === id);
    // Not all pages carry this text.
    const hasText = words.find('outbox.retracted') !== 'outbox.retracted';
    return hasText && former.some(isGone) ? [...told, sayAloud(words, 'outbox.retracted')] : told;
  }
}

function markOf({ state, attempts, needsSignIn }: OutboxEntry): string {
  return `${state} ${state === 'waiting' ? attempts > 0 : Boolean(needsSignIn)}`;
}

function describe(words: Words, entry: OutboxEntry, isSentWhenClosed: boolean): string | null {
  const { state, attempts } = entry;
  if (state === 'sent' || (state === 'waiting' && attempts === 0)) return null;
  return sayTap(words, entry, { isUnderWay: false, isSentWhenClosed });
}
