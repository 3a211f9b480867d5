import type { StatusOrder } from '../../src/contract/status-order.ts';
import type { Late } from '../lib/waits.ts';
import { CircleLedger, type Entry, type SeenStatus } from './circle-ledger.ts';

/** A status that was answered 202, as the load generator noted it. */
export interface Acknowledged extends StatusOrder {
  author: string;
  circles: string[];
}

/**
 * A status that no socket of a circle was sent, where all that lack it have a newer one of its author: late, the service keeps
 * such a status to the author's history. Whether it was late and stands there is for `verdict/overtaken.ts` to ask.
 */
export interface Overtaken extends Late {
  id: string;
  author: string;
  circle: string;
  sockets: number;
}

export interface Judgement {
  acknowledged: number;
  /** Pairs of an acknowledged status and a socket that must have it. */
  expected: number;
  lost: number;
  overtaken: Overtaken[];
  /** Deliveries of a status that no receipt was noted for: allowed, because "not confirmed" may still appear. */
  unconfirmed: number;
  /** The first few, in words. */
  lostExamples: string[];
}

/** Enough to begin looking; a thousand lines would hide the first. */
const EXAMPLES_MAX = 20;

export type Ledger = ReturnType<typeof createLedger>;

/**
 * Everything that the sink's sockets were sent, compact enough for millions of deliveries and exact enough to name a single
 * one that is missing or came twice. It knows nothing of sockets.
 */
export function createLedger() {
  const circles = new Map<string, CircleLedger>();
  const duplicates: string[] = [];
  const repeats: string[] = [];
  let duplicated = 0;
  let repeated = 0;

  function circleOf(id: string): CircleLedger {
    const circle = circles.get(id) ?? new CircleLedger(id);
    circles.set(id, circle);
    return circle;
  }

  return {
    circleOf,
    find: (id: string) => circles.get(id),

    /** The status of a frame that was not met before. Told twice under two positions, it stands twice in the feed. */
    meet(circle: CircleLedger, status: SeenStatus): Entry {
      const known = circle.find(status.id);
      if (!known) return circle.add(status);
      if (known.position !== status.position) {
        duplicated += 1;
        note(duplicates, `${status.id} stands twice in ${circle.id}: ${known.position} and ${status.position}`);
      }
      return known;
    },

    /** One delivery; answers whether it is the socket's first of that status. */
    receive(entry: Entry, slot: number): boolean {
      if (entry.circle.receive(entry, slot)) return true;
      repeated += 1;
      note(repeats, `${entry.id} came again to ${entry.circle.members[slot]} in ${entry.circle.id}`);
      return false;
    },

    /** Statuses that stand twice in a circle's feed, and deliveries that came twice to one socket. */
    counts: () => ({ duplicated, repeated, examples: [...duplicates, ...repeats].slice(0, EXAMPLES_MAX) }),

    /** Holds what was acknowledged against what came. */
    judge(acknowledged: Iterable<Acknowledged>): Judgement {
      const judgement: Judgement = { acknowledged: 0, expected: 0, lost: 0, overtaken: [], unconfirmed: 0, lostExamples: [] };
      const confirmed = new Set<string>();
      for (const status of acknowledged) {
        judgement.acknowledged += 1;
        confirmed.add(status.id);
        for (const id of status.circles) {
          const circle = circles.get(id);
          if (!circle) continue;
          judgement.expected += circle.members.length;
          const lacking = circle.lacking(status.author, status);
          const overtakenAt = lacking.length > 0 ? circle.findOvertakenAt(status.author, status, lacking) : null;
          if (overtakenAt !== null) {
            const acceptedAt = Date.parse(status.acceptedAt);
            const { author } = status;
            judgement.overtaken.push({ id: status.id, author, circle: id, sockets: lacking.length, acceptedAt, overtakenAt });
            continue;
          }
          judgement.lost += lacking.length;
          for (const person of lacking) note(judgement.lostExamples, `${status.id} in ${id} to ${person}`);
        }
      }
      for (const circle of circles.values()) {
        for (const entry of circle.statuses()) if (!confirmed.has(entry.id)) judgement.unconfirmed += 1;
      }
      return judgement;
    },
  };
}

function note(lines: string[], line: string): void {
  if (lines.length < EXAMPLES_MAX) lines.push(line);
}
