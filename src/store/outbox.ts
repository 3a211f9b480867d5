import type { Redis } from 'ioredis';
import type { Lane } from '../platform/jobs.ts';
import { defineScript } from '../platform/script.ts';
import { type DueAlert, formatAlert } from './due-alerts.ts';
import type { Keys } from './keys.ts';
import finishLua from './lua/finish-batches.lua?raw';
import parkLua from './lua/park-batch.lua?raw';
import splitLua from './lua/split-batch.lua?raw';
import type { Batch } from './statuses.ts';

const finishScript = defineScript(finishLua);
const splitScript = defineScript(splitLua);
const parkScript = defineScript(parkLua);

export type OutboxStore = ReturnType<typeof createOutbox>;

/** Batches that were accepted and not yet fanned out: written by the commit, cleared last by the fan-out. */
export function createOutbox(redis: Redis, keys: Keys) {
  return {
    /** Batches accepted before `before`, oldest first. */
    async listDue(shard: number, before: Date, limit: number): Promise<(Batch & { lane: Lane })[]> {
      const ids = await redis.zrangebyscore(keys.shard.outbox(shard), '-inf', before.getTime(), 'LIMIT', 0, limit);
      if (ids.length === 0) return [];
      const entries = await redis.hmget(keys.shard.batches(shard), ...ids);
      return ids.flatMap((id, index) => {
        const [lane, joined] = (entries[index] ?? '').split(' ');
        return joined ? [{ id, lane: lane as Lane, ids: joined.split(',') }] : [];
      });
    },

    /** When the oldest waiting batch was accepted (ms); null when nothing waits. */
    async oldest(shard: number): Promise<number | null> {
      const [, score] = await redis.zrange(keys.shard.outbox(shard), '0', '0', 'WITHSCORES');
      return score === undefined ? null : Number(score);
    },

    /** Forgets batches, which are on their boards, and schedules the alerts that follow: in one script. */
    async finish(shard: number, batches: string[], alerts: DueAlert[] = []): Promise<void> {
      await finishScript.run(
        redis,
        [keys.shard.outbox(shard), keys.shard.batches(shard), keys.shard.dueAlerts(shard)],
        [alerts.length, ...alerts.flatMap(({ alert, dueAt }) => [dueAt, formatAlert(alert)]), ...batches],
      );
    },

    /** Splits a batch into batches of one; empty when it has one status already, or is gone. */
    async split(shard: number, batch: string, now: Date): Promise<Batch[]> {
      const flat = (await splitScript.run(
        redis,
        [keys.shard.outbox(shard), keys.shard.batches(shard)],
        [batch, now.getTime()],
      )) as string[];
      const batches: Batch[] = [];
      for (let index = 0; index < flat.length; index += 2) batches.push({ id: flat[index] ?? '', ids: [flat[index + 1] ?? ''] });
      return batches;
    },

    /** Parks a batch that cannot be fanned out. True when it was parked now. */
    async park(shard: number, batch: string): Promise<boolean> {
      return (
        (await parkScript.run(
          redis,
          [keys.shard.outbox(shard), keys.shard.batches(shard), keys.shard.parked(shard)],
          [batch],
        )) === 1
      );
    },

    /**
     * How long the oldest batch of all shards has been waiting, in seconds; 0 when nothing waits. By two machines' clocks, this one's
     * and that of who accepted it: the runbook says what it means where they differ.
     */
    async oldestAgeSeconds(shards: number, now: Date): Promise<number> {
      const oldest = await Promise.all(Array.from({ length: shards }, (_, shard) => this.oldest(shard)));
      const acceptedAt = oldest.filter((at) => at !== null);
      // Another machine accepted it: its clock may be ahead of ours.
      return Math.max(0, ...acceptedAt.map((at) => (now.getTime() - at) / 1_000));
    },

    countParked(shard: number): Promise<number> {
      return redis.hlen(keys.shard.parked(shard));
    },
  };
}
