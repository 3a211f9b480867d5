import { Histogram, type Percentiles, summarise } from '../instruments/histogram.ts';
import type { Entry } from './circle-ledger.ts';

const MICROS_PER_MS = 1_000;

/** What became of the statuses that were meant to be sent in one second. */
interface Second {
  statuses: number;
  deliveries: number;
  /** Every delivery. */
  each: Histogram;
  /** The last socket of a circle. */
  last: Histogram;
  help: Histogram;
  lastArrivalAt: number;
}

export interface Period {
  from: number;
  to: number;
  statuses: number;
  deliveries: number;
  each: Percentiles;
  last: Percentiles;
  help: Percentiles;
  /** When the last delivery of this period's statuses came (ms); 0 where there was none. */
  lastArrivalAt: number;
}

export interface Point {
  at: number;
  statuses: number;
  deliveries: number;
  p50: number;
  p99: number;
  lastP99: number;
  max: number;
}

export type Timeline = ReturnType<typeof createTimeline>;

/**
 * Latencies by the second in which a status was *meant* to be sent, so that a stall shows where it was felt and not where it
 * ended (what Gil Tene calls coordinated omission).
 */
export function createTimeline() {
  const seconds = new Map<number, Second>();
  let newest: Second | undefined;
  let newestKey = -1;

  function secondOf(sentAt: number): Second {
    const key = Math.floor(sentAt / 1_000);
    if (key === newestKey && newest) return newest;
    newestKey = key;
    newest = seconds.get(key) ?? {
      statuses: 0,
      deliveries: 0,
      each: new Histogram(),
      last: new Histogram(),
      help: new Histogram(),
      lastArrivalAt: 0,
    };
    seconds.set(key, newest);
    return newest;
  }

  return {
    /** A status of one circle was met for the first time. */
    countStatus(entry: Entry): void {
      secondOf(entry.sentAt).statuses += 1;
    },

    deliver(entry: Entry, now: number): void {
      const second = secondOf(entry.sentAt);
      const latency = (now - entry.sentAt) * MICROS_PER_MS;
      second.deliveries += 1;
      second.each.add(latency);
      if (entry.condition === 'help') second.help.add(latency);
      if (entry.got === entry.circle.members.length) second.last.add(latency);
      second.lastArrivalAt = now;
    },

    /** Everything meant to be sent from `from` until before `to` (ms), in whole seconds: those of which most lies within. */
    period(from: number, to: number): Period {
      const sum = { statuses: 0, deliveries: 0, lastArrivalAt: 0 };
      const [each, last, help] = [new Histogram(), new Histogram(), new Histogram()];
      for (const [key, second] of seconds) {
        const middle = key * 1_000 + 500;
        if (middle < from || middle >= to) continue;
        sum.statuses += second.statuses;
        sum.deliveries += second.deliveries;
        sum.lastArrivalAt = Math.max(sum.lastArrivalAt, second.lastArrivalAt);
        each.merge(second.each);
        last.merge(second.last);
        help.merge(second.help);
      }
      return { from, to, ...sum, each: summarise(each), last: summarise(last), help: summarise(help) };
    },

    points(): Point[] {
      return [...seconds]
        .sort(([a], [b]) => a - b)
        .map(([key, { statuses, deliveries, each, last }]) => {
          const { p50, p99, max } = summarise(each);
          return { at: key * 1_000, statuses, deliveries, p50, p99, lastP99: summarise(last).p99, max };
        });
    },
  };
}
