import type { Board } from '../contract/circles.ts';
import type { Delivery } from '../contract/statuses.ts';

/** An event as the feed holds it. */
export interface StoredEvent {
  position: string;
  /** `<kind> <id>` */
  header: string;
  /** JSON text as clients get it. */
  frame: string;
}

/** What the gateway reads of people, sessions and circles. Every function may reject while Redis is away. */
export interface LiveData {
  /** Verified memberships. */
  listCircles(person: string): Promise<{ id: string; position: string }[]>;
  /** Null for whoever is no member (any more). */
  readBoard(person: string, circle: string): Promise<Board | null>;
  /** *All* events after that position up to `position`, without a hole; checked against membership, joining time and retractions. */
  readFeed(
    circle: string,
    fromPosition: string,
    person: string,
  ): Promise<{ position: string; events: StoredEvent[] } | 'position-lost' | 'not-member'>;
  /** Who of these is a member now, and since which `seq` of the circle. */
  membersAmong(circle: string, people: string[]): Promise<ReadonlyMap<string, number>>;
  /** The device shows a page of ours, or no longer does: it is told by no digest what it sees. */
  setVisible(person: string, session: string, isVisible: boolean): Promise<void>;
  /** What this person has seen of a circle. Rejects where that is refused: a stranger, too often, too busy just now. */
  leaveFootprints(person: string, circle: string, statuses: string[]): Promise<void>;
  /** How far an own status has come; null where it is not theirs. */
  readDelivery(author: string, status: string): Promise<Delivery | 'withdrawn' | null>;
  /** Which of these sessions are still signed in, by their ids. */
  liveSessions(sessions: { session: string; person: string }[]): Promise<Set<string>>;
}
