import type { Redis } from 'ioredis';
import { DIGEST_GATHER_SECONDS, DIGEST_SECONDS, HISTORY_PER_MEMBER_MAX, LAG_SECONDS, RETRACTED_MAX } from '../contract/limits.ts';
import { defineScript } from '../platform/script.ts';
import type { EmitArgumentsOf } from './circle-events.ts';
import type { Keys } from './keys.ts';
import emitLua from './lua/emit.lua?raw';
import publishLua from './lua/publish-statuses.lua?raw';
import retractLua from './lua/retract-from-circle.lua?raw';
import { orderKeyOf } from './order-key.ts';
import { showStatus } from './shown-status.ts';
import type { StatusRecord } from './statuses.ts';

const publishScript = defineScript(emitLua, publishLua);
const retractScript = defineScript(emitLua, retractLua);

/** `overtaken`: late, and its author's newer status is on the board: it stands in the history, and nobody is told. */
const OUTCOMES = ['published', 'overtaken', 'seen', 'retracted', 'not-member'] as const;
export type PublishOutcome = (typeof OUTCOMES)[number];
/**
 * `outcomes`: one for each status; an error where the author's history there cannot be written.
 * `digest`: the alert window that is open now, when it is due (ms), and whether these statuses opened it.
 */
export interface Published {
  outcomes: (PublishOutcome | Error)[];
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
    /** Statuses to one circle, at most BATCH_MAX: history, board, feed, channel, news. See `lua/publish-statuses.lua`. */
    async publish(circle: string, statuses: StatusRecord[], now: Date): Promise<Published> {
      const { info, members, board, history, feed, retracted, alerts, news } = keys.circle;
      const shared = [info, members, board, feed, retracted, alerts, news].map((key) => key(circle));
      const [window, dueAt, opened, outcomes] = (await publishScript.run(
        redis,
        [...shared, ...statuses.map(({ author }) => history(circle, author))],
        [
          ...(await emitArguments(circle)),
          now.getTime(),
          HISTORY_PER_MEMBER_MAX,
          options.statusTtlSeconds,
          DIGEST_SECONDS * 1_000,
          DIGEST_GATHER_SECONDS * 1_000,
          ...statuses.flatMap((status) => [
            status.id,
            status.author,
            orderKeyOf(status),
            Date.parse(status.writtenAt),
            shownFields(status, circle),
            wayOf(status, now),
          ]),
        ],
      )) as [number, number, number, string[]];
      return { outcomes: outcomes.map(toOutcome), digest: window > 0 ? { window, dueAt, isOpened: opened === 1 } : null };
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
      const { info, members, board, history, feed, retracted, news, seen } = keys.circle;
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
            seen(circle, status.id),
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

/** What is late may be overtaken by a newer one; *help* never. */
function wayOf({ condition, acceptedAt }: StatusRecord, now: Date): 'help' | 'late' | '' {
  if (condition === 'help') return 'help';
  return now.getTime() - Date.parse(acceptedAt) > LAG_SECONDS * 1_000 ? 'late' : '';
}

function toOutcome(answer: string): PublishOutcome | Error {
  return OUTCOMES.find((outcome) => outcome === answer) ?? new Error(answer);
}

/** A status as this circle is shown it, as JSON members without id, author and braces. */
function shownFields(status: StatusRecord, circle: string): string {
  const { id: _, ...shown } = showStatus(status, circle);
  return JSON.stringify(shown).slice(1, -1);
}
