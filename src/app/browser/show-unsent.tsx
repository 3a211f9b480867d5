import { render } from 'preact';
import { makeEntry, type OutboxEntry } from '../phone/outbox-entry.ts';
import { sayTap } from '../phone/outbox-words.ts';
import { OutboxView } from './outbox-view.tsx';
import { announce, type Page } from './page.ts';
import { isLastUnheard, showCall } from './show-call.tsx';

/** Says in the place of the outbox that a tap could neither be kept on this phone nor sent, and beside help whom to call. */
export function showUnsent(page: Page, status: OutboxEntry['status']): void {
  const place = document.getElementById('outbox');
  if (!place) return;
  const words = page.words();
  const entry: OutboxEntry = { ...makeEntry('', '', status, Date.now()), state: 'refused', code: 'id-taken' };
  const onDrop = () => {
    render(null, place);
    showCall(page, isLastUnheard(page));
  };
  const view = { words, known: new Map(), isOnline: false, isSentWhenClosed: false, onDrop };
  render(<OutboxView {...view} entries={[entry]} />, place);
  showCall(page, status.condition === 'help' || isLastUnheard(page));
  announce(document, sayTap(words, entry, { isUnderWay: false, isSentWhenClosed: false }));
}
