import type { Redis } from 'ioredis';
import type { Lane } from '../platform/jobs.ts';
import { defineScript } from '../platform/script.ts';
import { type DueAlert, formatAlert } from './due-alerts.ts';
import type { Keys } from './keys.ts';
import finishLua from './lua/finish-batches.lua?raw';
import listDueLua from './lua/list-due-batches.lua?raw';
import parkLua from './lua/park-batch.lua?raw';
import readOldestLua from './lua/read-oldest-wait.lua?raw';
import splitLua from './lua/split-batch.lua?raw';
import type { Batch } from './statuses.ts';

const listDueScript = defineScript(listDueLua);
const readOldestScript = defineScript(readOldestLua);
const finishScript = defineScript(finishLua);
const splitScript = defineScript(splitLua);
const parkScript = defineScript(parkLua);

export type OutboxStore = ReturnType<typeof createOutbox>;

/**
 * Batches that were accepted and not yet fanned out: written by the commit, cleared last by the fan-out. How long one has been
 * waiting goes by Redis' clock alone, for those of the machines that accept and look after them may differ.
 */
export function createOutbox(redis: Redis, keys: Keys) {
  const outboxes = (shard: number) => [keys.shard.outbox(shard, 'fanout'), keys.shard.outbox(shard, 'help')];

  return {
    /** Batches of a lane's outbox that have waited for so long, oldest first. In the one of `fanout` a release before left *help* too. */
    async listDue(shard: number, lane: Lane, waitedMs: number, limit: number): Promise<(Batch & { lane: Lane })[]> {
      const flat = (await listDueScript.run(
        redis,
        [keys.shard.outbox(shard, lane), keys.shard.batches(shard)],
        [waitedMs, limit],
      )) as string[];
      return Array.from({ length: flat.length / 2 }, (_, index) => {
        const [own = '', joined = ''] = (flat[index * 2 + 1] ?? '').split(' ');
        return { id: flat[index * 2] ?? '', lane: own as Lane, ids: joined.split(',') };
      });
    },

    /** How long the oldest batch of either lane has been waiting (ms); null when nothing waits. */
    async oldestWaitMs(shard: number): Promise<number | null> {
      return (await readOldestScript.run(redis, [...outboxes(shard), keys.shard.batches(shard)], [])) as number | null;
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
    async split(shard: number, batch: string): Promise<Batch[]> {
      const flat = (await splitScript.run(redis, [...outboxes(shard), keys.shard.batches(shard)], [batch])) as string[];
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

    /** How long the oldest batch of all shards has been waiting, in seconds; 0 when nothing waits, or Redis' clock was set back. */
    async oldestAgeSeconds(shards: number): Promise<number> {
      const waits = await Promise.all(Array.from({ length: shards }, (_, shard) => this.oldestWaitMs(shard)));
      return Math.max(0, ...waits.map((ms) => (ms ?? 0) / 1_000));
    },

    countParked(shard: number): Promise<number> {
      return redis.hlen(keys.shard.parked(shard));
    },
  };
}
