import type { Shape, World } from '../lib/world.ts';
import type { DialectName } from './dialects.ts';

/** What the generator's two processes are told first. */
export interface Setup {
  kind: 'setup';
  dialect: DialectName;
  port: number;
  world: World;
  shape: Shape;
}
/** Posts `rate` a second for so long, with the numbers from `first` on. */
export interface PostOrder {
  kind: 'post';
  rate: number;
  seconds: number;
  first: number;
  /**
   * As phones do: it goes on whatever waits, and what was not confirmed is posted again, with the same id, after the time that
   * the answer named. Without it a step ends when its outcome is known.
   */
  isPersistent?: boolean;
  /** Every so-manieth post is a *help*. */
  helpEvery?: number;
}
/** What became of them. `late`: posts that went out more than 100 ms after they were due, for want of a connection. */
export interface PostReport {
  posted: number;
  accepted: number;
  /** Without a 202: refused, or not answered in time. */
  refused: number;
  /** Their numbers: these may have been delivered or not. */
  unconfirmed: number[];
  late: number;
  /** Sent once more, for want of a confirmation. */
  again: number;
  isSaturated: boolean;
  seconds: number;
  accept: number[];
  busyShare: number;
}
export type PosterOrder = Setup | PostOrder;

/** Opens sockets for the people from `from` to before `to`; answered when all of them are told events. */
export interface ConnectOrder {
  kind: 'connect';
  from: number;
  to: number;
}
/**
 * Forgets what was counted; from now on only posts with this number or a greater one count. Every `helpEvery`th is a *help*,
 * which is counted apart while the others come `behindMs` late or later.
 */
export interface BeginOrder {
  kind: 'begin';
  first: number;
  helpEvery?: number;
  behindMs?: number;
}
export interface CountOrder {
  kind: 'count';
}
export interface LedgerOrder {
  kind: 'ledger';
  first: number;
  posts: number;
  /** Numbers of posts that nobody confirmed. */
  unconfirmed: number[];
  /** Whether a status that nobody heard of is made up for by a newer one of the same person that everybody heard of. */
  forgivesOvertaken?: boolean;
}
export type ReceiverOrder = Setup | ConnectOrder | BeginOrder | CountOrder | LedgerOrder;

export interface CountReport {
  received: number;
  /** Sockets that closed on their own. */
  closed: number;
  /** When the last one came, on the monotonic clock. */
  lastAt: number;
  busyShare: number;
}
/** Compared with the ledger: deliveries that did not come, and that came too often; latencies as a histogram's counts. */
export interface LedgerReport {
  lost: number;
  doubled: number;
  /** Deliveries to sockets of people who are in none of the circle, since the sockets were opened. */
  strangers: number;
  /** Statuses that a newer one stands for; none unless they are forgiven. */
  overtaken: number;
  /** Latencies of *help* while the others were behind; and how late the others were at most, in microseconds. */
  help: number[];
  othersBehindMicros: number;
  latencies: number[];
}
