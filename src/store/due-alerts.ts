import type { Redis } from 'ioredis';
import { DUE_ALERT_LEASE_SECONDS } from '../contract/limits.ts';
import type { AlertJob } from '../platform/jobs.ts';
import { defineScript } from '../platform/script.ts';
import { type Keys, shardOf } from './keys.ts';
import finishLua from './lua/finish-due-alerts.lua?raw';
import takeLua from './lua/take-due-alerts.lua?raw';

const takeScript = defineScript(takeLua);
const finishScript = defineScript(finishLua);

/** An alert of a circle that has its time. */
export type TimedAlert = Extract<AlertJob, { kind: 'digest' | 'later' }>;
/** `dueAt`: moment in ms. */
export interface DueAlert {
  alert: TimedAlert;
  dueAt: number;
}
/** Alerts that were taken together; `until` (ms, by Redis' clock): somebody else may take them from then on. */
export interface TakenAlerts {
  alerts: TimedAlert[];
  until: number;
}
export type DueAlertStore = ReturnType<typeof createDueAlerts>;

/**
 * When circles' digests are due, and what waits for later. One small entry for each: a job apiece cost Redis and the workers
 * more than all the rest of a digest. They lie beside a shard's outbox, so that the script which clears a batch schedules what
 * follows it (`outbox.ts`). What was taken and not finished comes again, before all others. When one is due goes by the workers'
 * clocks, which say so when they schedule it; how long it is one worker's by Redis'.
 */
export function createDueAlerts(redis: Redis, keys: Keys, { shards }: { shards: number }) {
  return {
    shards,

    /** Schedules one; where it stands there already, for this time instead. */
    async add({ alert, dueAt }: DueAlert): Promise<void> {
      await redis.zadd(keys.shard.dueAlerts(shardOf(alert.circle, shards)), dueAt, formatAlert(alert));
    },

    /** The digest of the window that is open in a circle, whether or not it is scheduled; null where none is open. */
    async findOpen(circle: string): Promise<DueAlert | null> {
      const [window, dueAt] = await redis.hmget(keys.circle.alerts(circle), 'window', 'dueAt');
      return window && dueAt ? { alert: { kind: 'digest', circle, window: Number(window) }, dueAt: Number(dueAt) } : null;
    },

    /**
     * Takes what is due until then, the oldest first; before it what somebody else took and did not finish in time. It is the
     * caller's for DUE_ALERT_LEASE_SECONDS.
     */
    async take(shard: number, dueUntil: Date, limit: number): Promise<TakenAlerts> {
      const [until, ...taken] = (await takeScript.run(
        redis,
        [keys.shard.dueAlerts(shard), keys.shard.takenAlerts(shard)],
        [dueUntil.getTime(), limit, DUE_ALERT_LEASE_SECONDS * 1_000],
      )) as string[];
      return { alerts: taken.map(parseAlert), until: Number(until) };
    },

    /** Forgets some of what was taken: it is done, or somebody else's. */
    async finish(shard: number, alerts: TimedAlert[], { until }: TakenAlerts): Promise<void> {
      if (alerts.length > 0) await finishScript.run(redis, [keys.shard.takenAlerts(shard)], [until, ...alerts.map(formatAlert)]);
    },

    /** Whether it waits for its time or for a worker (`scheduled`), or a worker took it; null where neither is so. */
    async find(alert: TimedAlert): Promise<'scheduled' | 'taken' | null> {
      const isIn = async (keyOf: (shard: number) => string) => {
        const scores = Array.from({ length: shards }, (_, shard) => redis.zscore(keyOf(shard), formatAlert(alert)));
        return (await Promise.all(scores)).some((score) => score !== null);
      };
      const [isScheduled, isTaken] = await Promise.all([isIn(keys.shard.dueAlerts), isIn(keys.shard.takenAlerts)]);
      return isScheduled ? 'scheduled' : isTaken ? 'taken' : null;
    },

    /** Those that nobody has seen to yet. */
    async count(): Promise<number> {
      const both = [keys.shard.dueAlerts, keys.shard.takenAlerts];
      const ofShard = (shard: number) => both.map((keyOf) => redis.zcard(keyOf(shard)));
      const counts = await Promise.all(Array.from({ length: shards }, (_, shard) => ofShard(shard)).flat());
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

/** As it is stored: kind, circle and number, with spaces between. */
export function formatAlert(alert: TimedAlert): string {
  return `${alert.kind} ${alert.circle} ${alert.kind === 'digest' ? alert.window : alert.at}`;
}

/** What `formatAlert` made. */
export function parseAlert(stored: string): TimedAlert {
  const [kind, circle = '', number] = stored.split(' ');
  return kind === 'digest' ? { kind, circle, window: Number(number) } : { kind: 'later', circle, at: Number(number) };
}
