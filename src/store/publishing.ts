import type { Redis } from 'ioredis';
import { DIGEST_GATHER_SECONDS, DIGEST_SECONDS, HISTORY_PER_MEMBER_MAX, RETRACTED_MAX } from '../contract/limits.ts';
import { defineScript } from '../platform/script.ts';
import type { EmitArgumentsOf } from './circle-events.ts';
import type { Keys } from './keys.ts';
import emitLua from './lua/emit.lua?raw';
import publishLua from './lua/publish-status.lua?raw';
import retractLua from './lua/retract-from-circle.lua?raw';
import { orderKeyOf } from './order-key.ts';
import { showStatus } from './shown-status.ts';
import type { StatusRecord } from './statuses.ts';

const publishScript = defineScript(emitLua, publishLua);
const retractScript = defineScript(emitLua, retractLua);

export type PublishOutcome = 'published' | 'seen' | 'retracted' | 'not-member';
/** `digest`: the alert window that this status waits for, when it is due (ms), and whether this status opened it. */
export interface Published {
  outcome: PublishOutcome;
  digest: { window: number; dueAt: number; isOpened: boolean } | null;
}
export type PublishingStore = ReturnType<typeof createPublishing>;

/** Brings statuses to circles, and takes them off again. */
export function createPublishing(
  redis: Redis,
  keys: Keys,
  emitArguments: EmitArgumentsOf,
  options: { statusTtlSeconds: number },
) {
  return {
    /** One status to one circle: history, board, feed, channel, news. See `lua/publish-status.lua`. */
    async publish(circle: string, status: StatusRecord, now: Date): Promise<Published> {
      const { author } = status;
      const { info, members, board, history, feed, retracted, alerts, news } = keys.circle;
      const [outcome, window, dueAt, opened] = (await publishScript.run(
        redis,
        [
          info(circle),
          members(circle),
          board(circle),
          history(circle, author),
          feed(circle),
          retracted(circle),
          alerts(circle),
          news(circle),
        ],
        [
          ...(await emitArguments(circle)),
          status.id,
          author,
          orderKeyOf(status),
          Date.parse(status.writtenAt),
          shownFields(status, circle),
          HISTORY_PER_MEMBER_MAX,
          options.statusTtlSeconds,
          status.condition === 'help' ? '1' : '0',
          now.getTime(),
          DIGEST_SECONDS * 1_000,
          DIGEST_GATHER_SECONDS * 1_000,
        ],
      )) as [PublishOutcome, number, number, number];
      return { outcome, digest: window > 0 ? { window, dueAt, isOpened: opened === 1 } : null };
    },

    /**
     * Takes a retracted status off a circle. `readFallback` loads the status that an order key names, null when it has expired;
     * the script says which one it needs, again if the history moved in between. One that is itself retracted goes first.
     */
    async retract(
      circle: string,
      status: StatusRecord,
      readFallback: (orderKey: string) => Promise<StatusRecord | null>,
      now: Date,
    ): Promise<'retracted' | 'seen'> {
      const { info, members, board, history, feed, retracted, news } = keys.circle;
      let fallbackKey = '';
      let fallback = '';
      for (;;) {
        const [outcome, wanted] = (await retractScript.run(
          redis,
          [
            info(circle),
            members(circle),
            board(circle),
            history(circle, status.author),
            feed(circle),
            retracted(circle),
            news(circle),
          ],
          [
            ...(await emitArguments(circle)),
            status.id,
            status.author,
            orderKeyOf(status),
            now.getTime(),
            RETRACTED_MAX,
            fallbackKey,
            fallback,
          ],
        )) as ['retracted' | 'seen' | 'fallback', string];
        if (outcome !== 'fallback') return outcome;
        fallbackKey = wanted;
        const record = wanted ? await readFallback(wanted) : null;
        if (wanted && (!record || record.retracted)) {
          if (record) await this.retract(circle, record, readFallback, now);
          await redis.zrem(history(circle, status.author), wanted);
          fallbackKey = '';
        }
        fallback = fallbackKey && record ? `{"id":"${record.id}",${shownFields(record, circle)}}` : '';
      }
    },
  };
}

/** A status as this circle is shown it, as JSON members without id, author and braces. */
function shownFields(status: StatusRecord, circle: string): string {
  const { id: _, ...shown } = showStatus(status, circle);
  return JSON.stringify(shown).slice(1, -1);
}
