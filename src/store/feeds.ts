import type { Redis } from 'ioredis';
import { parsePosition } from '../contract/position.ts';
import { defineScript } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import readFeedLua from './lua/read-feed.lua?raw';
import type { Membership } from './members.ts';

/** An event as it was published: `header` is `<kind> <id>`, `frame` the JSON text that clients get. */
export interface FeedEvent {
  position: string;
  header: string;
  frame: string;
}
const readScript = defineScript(readFeedLua);

type Entry = [streamId: string, fields: string[]];

export type FeedAnswer = { position: string; events: FeedEvent[] } | 'position-lost' | 'not-member';
export type FeedStore = ReturnType<typeof createFeeds>;

/** A circle's history of events, by position. */
export function createFeeds(redis: Redis, keys: Keys) {
  return {
    /**
     * The events after `after`, oldest first; without `after` from where the reader joined, this epoch began,
     * or from the oldest that is kept.
     * 'position-lost' when that part is gone, was never, or is from before the reader joined.
     */
    async read(circle: string, person: string, after: string | null, limit: number): Promise<FeedAnswer> {
      const from = after === null ? null : parsePosition(after);
      if (after !== null && !from) return 'position-lost';
      // Where to begin without a position is known only once the circle was asked: the first turn then reads no events.
      let begin = from ? from.seq + 1 : null;
      for (;;) {
        const { info, membership, entries } = await readAt(circle, person, begin, limit);
        if (!membership || !info.epoch) return 'not-member';
        const { joinedSeq } = membership;
        const { epoch, head } = info;
        if (from && (from.epoch !== epoch || from.seq > head || from.seq < joinedSeq)) return 'position-lost';
        const first = Math.max(joinedSeq, info.epochSeq);
        if (!from && begin !== first) {
          begin = first;
          continue;
        }
        const retracted = await readRetracted(circle, entries);
        const events = entries.map((entry) => toEvent(entry, retracted));
        if (from && from.seq < head && events[0]?.seq !== begin) return 'position-lost';
        return { position: events.at(-1)?.position ?? `${epoch}-${from ? from.seq : head}`, events };
      }
    },
  };

  /** One look at a circle and its feed from `begin` on; null: no events. All of it belongs to one moment. */
  async function readAt(circle: string, person: string, begin: number | null, limit: number) {
    const [info, membership, entries] = (await readScript.run(
      redis,
      [keys.circle.info(circle), keys.circle.membership(circle), keys.circle.feed(circle)],
      [person, begin ?? '', limit],
    )) as [(string | null)[], string | null, Entry[]];
    return {
      info: { epoch: info[0], head: Number(info[1]), epochSeq: Number(info[2] ?? 0) },
      membership: membership ? (JSON.parse(membership) as Membership) : null,
      entries,
    };
  }

  /** Which statuses among these events were taken back. Read after the events: a retraction in between is better known. */
  async function readRetracted(circle: string, entries: Entry[]): Promise<Set<string>> {
    const ids = entries.flatMap(([, [, header = '']]) => (header.startsWith('status ') ? [header.slice(7)] : []));
    if (ids.length === 0) return new Set();
    const scores = await redis.zmscore(keys.circle.retracted(circle), ...ids);
    return new Set(ids.filter((_, index) => scores[index] !== null));
  }
}

/** A retracted status is not told again: in its place stands the retraction, so that positions stay without a hole. */
function toEvent([streamId, fields]: Entry, retracted: Set<string>): FeedEvent & { seq: number } {
  const [, header = '', , frame = ''] = fields;
  const seq = Number.parseInt(streamId, 10);
  const { position, circle, status } = JSON.parse(frame) as {
    position: string;
    circle: string;
    status?: { id: string; author: { id: string } };
  };
  if (header.startsWith('status ') && status && retracted.has(status.id)) {
    const told = { t: 'retracted', circle, position, id: status.id, author: status.author.id, status: null };
    return { seq, position, header: `retracted ${status.id}`, frame: JSON.stringify(told) };
  }
  return { seq, position, header, frame };
}
