import type { Board } from '../../contract/circles.ts';
import { parsePosition } from '../../contract/position.ts';
import { findNewest, type OutboxEntry } from '../phone/outbox-entry.ts';

/** For so long a phone keeps its newest status after it was sent. */
const KEPT_MS = 24 * 3_600_000;
/** A status that was accepted is on its boards within this time, whatever was killed meanwhile. */
const ON_THE_WAY_MS = 60_000;

/** Whether an entry that was sent has no more to do: it is old, or somebody else's. */
export function isSpent(entry: OutboxEntry, person: string | null, now: number): boolean {
  return entry.state === 'sent' && (now - entry.savedAt > KEPT_MS || entry.person !== person);
}

/**
 * The entry as it is offered again under its own id, once in each epoch of a circle; undefined where there is no need. A store
 * that failed over may have lost what it had accepted last; where it has not, the id makes the offer harmless.
 * @param entries all of the outbox; only the newest of this person counts
 * @param board what the service said just now
 */
export function offerAgain(entries: readonly OutboxEntry[], person: string, board: Board, now: number): OutboxEntry | undefined {
  const newest = findNewest(entries, person);
  const epoch = parsePosition(board.position)?.epoch;
  if (!newest || !epoch || newest.state !== 'sent' || isSpent(newest, person, now)) return undefined;
  const { id: circle } = board.circle;
  if (newest.offered?.[circle] === epoch || now - newest.savedAt < ON_THE_WAY_MS) return undefined;
  if (newest.status.circles && !newest.status.circles.includes(circle)) return undefined;
  const shown = board.members.find(({ member }) => member.id === person)?.status;
  // Ids of version 7 begin with their time: a later one was sent from another phone.
  if (shown && shown.id >= newest.id) return undefined;
  return { ...newest, state: 'waiting', attempts: 0, dueAt: now, offered: { ...newest.offered, [circle]: epoch } };
}
