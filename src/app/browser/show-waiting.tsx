import { render } from 'preact';
import type { OutboxEntry } from '../phone/outbox-entry.ts';
import { sayAloud, Text, type Words } from '../words.tsx';
import { countWaiting } from './outbox-view.tsx';
import { announce, type Page } from './page.ts';

/**
 * Says on a page of nobody, in the place of the outbox, how much on this phone is still to be sent, and how. Neither what
 * it says nor whose it is: the phone may be in anybody's hands. Who listens is told when that changes.
 * @param entries all that the phone keeps, whoever tapped
 */
export function showWaiting(page: Page, place: HTMLElement, entries: readonly OutboxEntry[]): void {
  const [words, count, before] = [page.words(), countWaiting(entries), place.textContent];
  render(count > 0 && <WaitingForSignIn words={words} count={count} isHere={location.pathname === '/recover'} />, place);
  if (count > 0 && place.textContent !== before)
    announce(document, `${sayAloud(words, 'outbox.count', { count })}. ${sayAloud(words, 'unsent.sign-in')}`);
}

/** @param isHere whether the page itself is where one signs in */
export function WaitingForSignIn({ words, count, isHere }: { words: Words; count: number; isHere: boolean }) {
  return (
    <div class="outbox notice">
      <p>
        <b>
          <Text words={words} k="outbox.count" count={count} />
        </b>
      </p>
      <p>
        <Text words={words} k="unsent.sign-in" />
      </p>
      {/* Larger than what begins below: whoever starts anew instead becomes a second person, and this is never sent. */}
      {!isHere && (
        <a class="button" href="/recover">
          <Text words={words} k="signin.title" />
        </a>
      )}
    </div>
  );
}
