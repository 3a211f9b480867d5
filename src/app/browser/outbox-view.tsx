import { ConditionBadge } from '../parts/condition.tsx';
import { isUnconfirmed, LastStatus, SignInLink, TakenBack, type ToldStatus, UNCONFIRMED_MS } from '../parts/last-status.tsx';
import type { OutboxEntry } from '../phone/outbox-entry.ts';
import { keyOf } from '../phone/outbox-words.ts';
import { reasonOf } from '../phone/refusal-words.ts';
import { sayTime, Text, type Words } from '../words.tsx';
import { holdFocus } from './page.ts';

export interface OutboxViewProps {
  words: Words;
  /** What waits, is refused, or was sent while this page is open; the newest first. */
  entries: readonly OutboxEntry[];
  /** How far those that were sent have come, as far as that is known. */
  known: ReadonlyMap<string, ToldStatus>;
  /** Whether the browser believes to have a network. */
  isOnline: boolean;
  /** Whether the browser sends what waits also when the app is closed (not on iOS, nor in Firefox). */
  isSentWhenClosed: boolean;
  /** How many wait to be sent, where that is to be said too; 0 where it is not. */
  count?: number;
  /** Takes an entry back, or takes a refused one away. */
  onDrop: (entry: OutboxEntry) => void;
}

/** What was tapped on this phone and how far it has come: saved → sent, in words. */
export function OutboxView({ words, entries, known, count = 0, ...waiting }: OutboxViewProps) {
  return (
    <ul class="outbox">
      {count > 0 && (
        <li>
          <b>
            <Text words={words} k="outbox.count" count={count} />
          </b>
        </li>
      )}
      {entries.map((entry) => {
        const status = known.get(entry.id);
        return (
          <li key={entry.id} data-entry={entry.id} data-state={entry.state}>
            {entry.state !== 'sent' ? (
              <Waiting words={words} entry={entry} {...waiting} />
            ) : (
              status && <LastStatus words={words} person={entry.person} last={status} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** How many of them wait to be sent. */
export function countWaiting(entries: readonly OutboxEntry[]): number {
  return entries.filter(({ state }) => state === 'waiting' || state === 'sign-in').length;
}

/**
 * Whether one of them is a call for help that nobody is known to have heard for too long, sent or not.
 * @param now this phone's time, ms; the service's is that of `words`
 */
export function hasUnheard({
  entries,
  known,
  words,
  now,
}: Pick<OutboxViewProps, 'entries' | 'known' | 'words'> & { now: number }) {
  return entries.some(({ id, state, status, savedAt }) => {
    const sent = state === 'sent' && known.get(id);
    if (sent) return isUnconfirmed(sent, words.now);
    return state !== 'retracting' && status.condition === 'help' && now - savedAt >= UNCONFIRMED_MS;
  });
}

type WaitingProps = Omit<OutboxViewProps, 'entries' | 'known' | 'count'> & { entry: OutboxEntry };

function Waiting({ words, entry, isOnline, isSentWhenClosed, onDrop }: WaitingProps) {
  if (entry.state === 'retracting') return <TakenBack words={words} needsSignIn={Boolean(entry.needsSignIn)} />;
  const time = sayTime(words, new Date(entry.savedAt).toISOString());
  const progress = { isUnderWay: isOnline && entry.attempts === 0, isSentWhenClosed };
  const key = entry.state === 'waiting' && entry.offered ? 'outbox.again' : keyOf(entry, progress);
  const drop = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    holdFocus(currentTarget.closest<HTMLElement>('[id]'));
    onDrop(entry);
  };
  return (
    <>
      <p>
        <ConditionBadge words={words} condition={entry.status.condition} /> <Text words={words} k={key} time={time} />
        {entry.state === 'refused' && (
          <>
            {' '}
            <Text words={words} k={reasonOf(words, entry.code)} />
          </>
        )}
      </p>
      {/* On one line: no button under a thumb may move because an answer has come. */}
      {entry.state === 'sign-in' && <SignInLink words={words} />}
      <button type="button" class="quiet" onClick={drop}>
        <Text words={words} k={entry.state === 'refused' ? 'outbox.discard' : 'home.retract'} />
      </button>
    </>
  );
}
