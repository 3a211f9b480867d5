import { type Static, Type } from 'typebox';
import type { Board } from './circles.ts';
import { Id } from './ids.ts';
import { CIRCLES_PER_PERSON_MAX } from './limits.ts';
import type { Member } from './people.ts';
import { Position } from './position.ts';
import { type Delivery, LeaveFootprints, type Status } from './statuses.ts';
import { STAY_AWAY_CODE } from './stay-away.ts';

/** WebSocket subprotocol of `GET /v1/live` (RFC 6455, section 1.9). */
export const LIVE_PROTOCOL = 'buji.v1';

/** Close codes (RFC 6455, section 7.4.2: private use). 4000–4499: come back with full-jitter backoff; 4500–4999: stop. */
export const CLOSE = {
  /** The process is going away; another one takes over. */
  goingAway: 4000,
  /** The client did not read; catch up by position. */
  tooSlow: 4001,
  /** No pong, or no first `sync`. */
  timeout: 4002,
  /** The service lost what it needs to be sure; come back. */
  unavailable: 4003,
  /** More frames than a phone ever sends, or more sockets than one device may hold. */
  tooMany: 4004,
  /** Too many come at once; the reason is the number of seconds after which to come back, see `stay-away.ts`. */
  stayAway: STAY_AWAY_CODE,
  /** A frame that is none of the contract's. */
  badFrame: 4500,
  signedOut: 4501,
} as const;

export const SyncFrame = Type.Object(
  {
    t: Type.Literal('sync'),
    /** Only what is told to this person alone (`footprint`, `withdrawn`): no boards, no events of circles. */
    own: Type.Optional(Type.Literal(true)),
    positions: Type.Record(Id, Type.Union([Position, Type.Literal('')]), { maxProperties: CIRCLES_PER_PERSON_MAX * 2 }),
  },
  { additionalProperties: false },
);
export const VisibleFrame = Type.Object({ t: Type.Literal('visible'), value: Type.Boolean() }, { additionalProperties: false });
/** What has been before the eyes of whoever looks at the page; the same as the call, without an answer. */
export const FootprintsFrame = Type.Object(
  { t: Type.Literal('footprints'), circle: Id, ...LeaveFootprints.properties },
  { additionalProperties: false },
);
export const ClientFrame = Type.Union([SyncFrame, VisibleFrame, FootprintsFrame]);
export type ClientFrame = Static<typeof ClientFrame>;

/** An event of a circle's feed, as stored, published and sent: the same text in all three places. */
export type CircleEvent =
  | { t: 'status'; circle: string; position: string; status: Status }
  /** `status` is what the board falls back to: the author's previous status, or null. */
  | { t: 'retracted'; circle: string; position: string; id: string; author: string; status: Status | null }
  | { t: 'member'; circle: string; position: string; change: 'joined' | 'changed'; member: Member }
  | { t: 'member'; circle: string; position: string; change: 'left'; member: { id: string } }
  /** The circle's own name or rules were changed. */
  | { t: 'circle'; circle: string; position: string; name: string; invites: 'keepers' | 'members' };

export type ServerFrame =
  | { t: 'hello'; person: string; circles: { id: string; position: string }[]; serverTime: string }
  | ({ t: 'board' } & Board)
  | { t: 'synced' }
  | { t: 'joined'; circle: string }
  | { t: 'left'; circle: string }
  | { t: 'lag'; seconds: number }
  /** To its author alone: how far one of their statuses has come by now. */
  | { t: 'footprint'; status: string; delivery: Delivery }
  /** To its author alone, in the same way: one of their statuses was taken back, perhaps on another device. */
  | { t: 'withdrawn'; status: string }
  | CircleEvent;
