import {
  LIVE_MAX_BUFFERED_BYTES,
  LIVE_MAX_PENDING_EVENTS,
  LIVE_PING_SECONDS,
  LIVE_RECENT_BYTES,
  LIVE_RECENT_EVENTS,
  LIVE_RECENT_SECONDS,
  LIVE_SOCKETS_PER_SESSION_MAX,
  LIVE_SYNC_SECONDS,
  RATES,
} from '../contract/limits.ts';
import type { BucketRate } from './bucket.ts';

/** What bounds the gateway. The contract's numbers; the configuration gives other rates, and tests of the gateway all of them. */
export interface LiveLimits {
  maxBufferedBytes: number;
  maxPendingEvents: number;
  recentEvents: number;
  /** Of all circles together. */
  recentBytes: number;
  recentSeconds: number;
  /** Frames of one client, and new sockets. */
  frames: BucketRate;
  connects: BucketRate;
  socketsPerSessionMax: number;
  /** Turns of the timer wheel, each `turnMs` long. */
  pingTurns: number;
  syncTurns: number;
  turnMs: number;
  lagPollMs: number;
  /** How long a socket that is being closed may take to answer; then it is destroyed. */
  closeGraceMs: number;
  /** Over how long a stopping gateway spreads its closing, so that its clients do not all come back in the same second. */
  closeSpreadMs: number;
}

export const LIVE_LIMITS: Readonly<LiveLimits> = {
  maxBufferedBytes: LIVE_MAX_BUFFERED_BYTES,
  maxPendingEvents: LIVE_MAX_PENDING_EVENTS,
  recentEvents: LIVE_RECENT_EVENTS,
  recentBytes: LIVE_RECENT_BYTES,
  recentSeconds: LIVE_RECENT_SECONDS,
  frames: { points: RATES.liveFrames[0], seconds: RATES.liveFrames[1] },
  connects: { points: RATES.liveConnect[0], seconds: RATES.liveConnect[1] },
  socketsPerSessionMax: LIVE_SOCKETS_PER_SESSION_MAX,
  pingTurns: LIVE_PING_SECONDS,
  syncTurns: LIVE_SYNC_SECONDS,
  turnMs: 1_000,
  lagPollMs: 2_000,
  // A phone on a slow network needs a round trip of a second or two; memory held for a dead one is wanted back.
  closeGraceMs: 3_000,
  // Long enough to thin out 20,000 reconnections, short enough for the ten seconds that stopping a process may take.
  closeSpreadMs: 3_000,
};
