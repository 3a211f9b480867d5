import type { Redis } from 'ioredis';
import type { Lane } from '../platform/jobs.ts';
import { defineScript } from '../platform/script.ts';
import { type DueAlert, formatAlert } from './due-alerts.ts';
import type { Keys } from './keys.ts';
import finishLua from './lua/finish-batches.lua?raw';
import listDueLua from './lua/list-due-batches.lua?raw';
import parkLua from './lua/park-batch.lua?raw';
import splitLua from './lua/split-batch.lua?raw';
import type { Batch } from './statuses.ts';

const listDueScript = defineScript(listDueLua);
const finishScript = defineScript(finishLua);
const splitScript = defineScript(splitLua);
const parkScript = defineScript(parkLua);

export type OutboxStore = ReturnType<typeof createOutbox>;

/** Batches that were accepted and not yet fanned out: written by the commit, cleared last by the fan-out. */
export function createOutbox(redis: Redis, keys: Keys) {
  const outboxes = (shard: number) => [keys.shard.outbox(shard, 'fanout'), keys.shard.outbox(shard, 'help')];

  return {
    /** Batches of a lane's outbox accepted before `before`, oldest first. In the one of `fanout` a release before left *help* too. */
    async listDue(shard: number, lane: Lane, before: Date, limit: number): Promise<(Batch & { lane: Lane })[]> {
      const flat = (await listDueScript.run(
        redis,
        [keys.shard.outbox(shard, lane), keys.shard.batches(shard)],
        [before.getTime(), limit],
      )) as string[];
      return Array.from({ length: flat.length / 2 }, (_, index) => {
        const [own = '', joined = ''] = (flat[index * 2 + 1] ?? '').split(' ');
        return { id: flat[index * 2] ?? '', lane: own as Lane, ids: joined.split(',') };
      });
    },

    /** When the oldest waiting batch of either lane was accepted (ms); null when nothing waits. */
    async oldest(shard: number): Promise<number | null> {
      const heads = await Promise.all(outboxes(shard).map((outbox) => redis.zrange(outbox, '0', '0', 'WITHSCORES')));
      const scores = heads.flatMap(([, score]) => (score === undefined ? [] : [Number(score)]));
      return scores.length === 0 ? null : Math.min(...scores);
    },

    /** Forgets batches, which are on their boards, and schedules the alerts that follow: in one script. */
    async finish(shard: number, batches: string[], alerts: DueAlert[] = []): Promise<void> {
      await finishScript.run(
        redis,
        [...outboxes(shard), keys.shard.batches(shard), keys.shard.dueAlerts(shard)],
        [alerts.length, ...alerts.flatMap(({ alert, dueAt }) => [dueAt, formatAlert(alert)]), ...batches],
      );
    },

    /** Splits a batch into batches of one; empty when it has one status already, or is gone. */
    async split(shard: number, batch: string, now: Date): Promise<Batch[]> {
      const flat = (await splitScript.run(
        redis,
        [...outboxes(shard), keys.shard.batches(shard)],
        [batch, now.getTime()],
      )) as string[];
      const batches: Batch[] = [];
      for (let index = 0; index < flat.length; index += 2) batches.push({ id: flat[index] ?? '', ids: [flat[index + 1] ?? ''] });
      return batches;
    },

    /** Parks a batch that cannot be fanned out. True when it was parked now. */
    async park(shard: number, batch: string): Promise<boolean> {
      return (
        (await parkScript.run(redis, [...outboxes(shard), keys.shard.batches(shard), keys.shard.parked(shard)], [batch])) === 1
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
