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
}
/** What became of them. `late`: posts that went out more than 100 ms after they were due, for want of a connection. */
export interface PostReport {
  posted: number;
  accepted: number;
  refused: number;
  late: number;
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
/** Forgets what was counted; from now on only posts with this number or a greater one count. */
export interface BeginOrder {
  kind: 'begin';
  first: number;
}
export interface CountOrder {
  kind: 'count';
}
export interface LedgerOrder {
  kind: 'ledger';
  first: number;
  posts: number;
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
  latencies: number[];
}
