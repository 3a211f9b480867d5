import type { Condition } from '../contract/statuses.ts';

/** Push providers with a lane of their own: one that refuses or is slow holds up no other. */
export const PROVIDERS = ['fcm', 'mozilla', 'apple', 'windows', 'other'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** The two ways a status takes: *help* waits behind nothing, so it is queued and watched on its own. */
export type Lane = 'fanout' | 'help';

export function laneOf(condition: Condition): Lane {
  return condition === 'help' ? 'help' : 'fanout';
}

/** Nothing stands behind an alert job once the outbox is cleared: with the default backoff twelve attempts span a quarter of an hour. */
export const ALERT_ATTEMPTS = 12;

/** What each queue carries: ids, never content. */
export interface FanoutJob {
  /** The shard whose outbox holds this batch; the job's id is the batch's. */
  shard: number;
  ids: string[];
}
/**
 * `digest`: the news that the window of a circle collected. `later`: what waited for its members until then (`at`, ms). Both have
 * a job only once they failed, see `store/due-alerts.ts`. `help`, `withdrawn`: one status.
 */
export type AlertJob =
  | { kind: 'digest'; circle: string; window: number }
  | { kind: 'later'; circle: string; at: number }
  | { kind: 'help' | 'withdrawn'; circle: string; status: string };
/** One alert for one device. `circle` is null for what is not about a circle (a test, a new device). */
export interface PushAlert {
  kind: 'digest' | 'help' | 'withdrawn' | 'test' | 'device';
  person: string;
  session: string;
  circle: string | null;
  statuses: string[];
  /** For a `digest` of several circles: those after the first. */
  others?: { circle: string; statuses: string[] }[];
  /** For `device`: the session that is new. */
  device?: string;
  /** Not to be tried again before (ms): its push service asked for it. */
  notBefore?: number;
}
/** Alerts for devices of one provider: one job for many, as a job costs as much as a push. It keeps those not yet done. */
export type PushJob = PushAlert | { kind: 'page'; alerts: PushAlert[] };
/** Slow work that nobody waits for. */
export type ChoreJob =
  /** `isLast`: for what calls that were under way have left after the first time. */
  | { kind: 'erase-person'; person: string; isLast?: true }
  /**
   * Footprints of `members` who left a circle before a moment (ms), or of a page of those who were in one that was deleted. Not
   * called `person`: a worker of the release before this knows one chore only, and would erase them.
   */
  | { kind: 'forget-footprints'; circle: string; members: string[]; until: number | 'deleted' };

/**
 * Names of the queues. *help* has queues of its own at every step, so that it waits behind nothing.
 * One fan-out queue per shard (`QUEUE_SHARDS`).
 */
export const QUEUES = {
  fanout: (shard: number) => `fanout-${shard}`,
  help: 'help',
  alerts: 'alerts',
  alertsHelp: 'alerts-help',
  push: (provider: Provider) => `push-${provider}`,
  pushHelp: (provider: Provider) => `push-${provider}-help`,
  chores: 'chores',
} as const;
