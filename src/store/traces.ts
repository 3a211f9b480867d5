import type { Redis } from 'ioredis';
import type { Lane } from '../platform/jobs.ts';
import { parseBoardEntry } from './board-entry.ts';
import type { Keys } from './keys.ts';
import { orderKeyOf } from './order-key.ts';
import type { StatusRecord } from './statuses.ts';

/** A batch that still holds a status. `acceptedAt` in ms, by Redis' clock; null where it is parked, for nobody waits for it then. */
export interface TracedBatch {
  id: string;
  lane: Lane;
  acceptedAt: number | null;
}
/** Where a status stands in one circle. `superseded`: its author's newer one is on the board, and this one in their history. */
export type Standing = 'no-circle' | 'no-member' | 'retracted' | 'on-board' | 'superseded' | 'absent';
export interface TracedCircle {
  circle: string;
  standing: Standing;
  members: number;
  /** The alert that it waits for; `dueAt` in ms. */
  digest: { window: number; dueAt: number } | null;
}
export type TraceStore = ReturnType<typeof createTraces>;

/** Entries and members read at once, so that a look holds up nobody. */
const PAGE = 500;

/** Where one status is now, read from wherever it may be. It writes nothing, and gives no word of anybody. */
export function createTraces(redis: Redis, keys: Keys) {
  /** Walks a hash of batches; during a long backlog that is many, and each page is a few microseconds of Redis. */
  async function findIn(key: string, status: string): Promise<{ id: string; lane: Lane }[]> {
    const found: { id: string; lane: Lane }[] = [];
    let cursor = '0';
    do {
      const [next, entries] = await redis.hscan(key, cursor, 'COUNT', PAGE);
      cursor = next;
      for (let index = 0; index < entries.length; index += 2) {
        const [lane, joined] = (entries[index + 1] ?? '').split(' ');
        if (joined?.split(',').includes(status)) found.push({ id: entries[index] ?? '', lane: lane as Lane });
      }
    } while (cursor !== '0');
    return found;
  }

  async function standingOf(circle: string, record: StatusRecord, isThere: boolean): Promise<Standing> {
    const { author, id } = record;
    const key = orderKeyOf(record);
    const [isMember, isRetracted, isInHistory, entry] = await Promise.all([
      redis.hexists(keys.circle.members(circle), author),
      redis.zscore(keys.circle.retracted(circle), id),
      redis.zscore(keys.circle.history(circle, author), key),
      redis.hget(keys.circle.board(circle), author),
    ]);
    if (!isThere) return 'no-circle';
    if (isMember === 0) return 'no-member';
    if (isRetracted !== null) return 'retracted';
    if (entry && parseBoardEntry(entry).key === key) return 'on-board';
    return isInHistory === null ? 'absent' : 'superseded';
  }

  return {
    /** Batches that hold it and are not fanned out, the parked ones among them. More than one: it was taken back meanwhile. */
    async findBatches(shard: number, status: string): Promise<TracedBatch[]> {
      const waiting = await findIn(keys.shard.batches(shard), status);
      const parked = await findIn(keys.shard.parked(shard), status);
      const scores = await Promise.all(
        waiting.map(async ({ id, lane }) => {
          const [score, left] = await Promise.all([
            redis.zscore(keys.shard.outbox(shard, lane), id),
            redis.zscore(keys.shard.outbox(shard, 'fanout'), id),
          ]);
          return score ?? left;
        }),
      );
      return [
        ...waiting.map((batch, index) => ({ ...batch, acceptedAt: Number(scores[index] ?? 0) })),
        ...parked.map((batch) => ({ ...batch, acceptedAt: null })),
      ];
    },

    /** Where it stands in one of its circles. */
    async readCircle(circle: string, record: StatusRecord): Promise<TracedCircle> {
      const [isThere, members, waits, [window, dueAt]] = await Promise.all([
        redis.exists(keys.circle.info(circle)),
        redis.hlen(keys.circle.members(circle)),
        redis.zscore(keys.circle.news(circle), `${record.id} ${record.author}`),
        redis.hmget(keys.circle.alerts(circle), 'window', 'dueAt'),
      ]);
      const digest = waits !== null && window && dueAt ? { window: Number(window), dueAt: Number(dueAt) } : null;
      return { circle, standing: await standingOf(circle, record, isThere === 1), members, digest };
    },

    /** Of how many members an alert job has claimed it, and for how many of them the alerts are in the push queues. */
    async countClaims(circles: string[], status: string): Promise<{ claimed: number; queued: number }> {
      const people = new Set((await Promise.all(circles.map((circle) => redis.hkeys(keys.circle.members(circle))))).flat());
      const all = [...people];
      const count = { claimed: 0, queued: 0 };
      for (let from = 0; from < all.length; from += PAGE) {
        const claims = await Promise.all(
          all.slice(from, from + PAGE).map((person) => redis.hget(keys.person.alerted(person), status)),
        );
        for (const claim of claims) {
          if (claim !== null) count.claimed += 1;
          if (claim?.endsWith(' queued')) count.queued += 1;
        }
      }
      return count;
    },
  };
}
