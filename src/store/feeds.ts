import type { Redis } from 'ioredis';
import { parsePosition } from '../contract/position.ts';
import type { Keys } from './keys.ts';
import type { Membership } from './members.ts';

/** An event as it was published: `header` is `<kind> <id>`, `frame` the JSON text that clients get. */
export interface FeedEvent {
  position: string;
  header: string;
  frame: string;
}
export type FeedAnswer = { position: string; events: FeedEvent[] } | 'position-lost' | 'not-member';
export type FeedStore = ReturnType<typeof createFeeds>;

/** A circle's history of events, by position. */
export function createFeeds(redis: Redis, keys: Keys) {
  return {
    /**
     * The events after `after`, oldest first; without `after` from where the reader joined, or from the oldest that is kept.
     * 'position-lost' when that part is gone, was never, or is from before the reader joined.
     */
    async read(circle: string, person: string, after: string | null, limit: number): Promise<FeedAnswer> {
      const from = after === null ? null : parsePosition(after);
      if (after !== null && !from) return 'position-lost';
      const start = from ? `(${from.seq}-0` : '-';
      const answers = await redis
        .multi()
        .hmget(keys.circle.info(circle), 'epoch', 'seq')
        .hget(keys.circle.membership(circle), person)
        .xrange(keys.circle.feed(circle), start, '+', 'COUNT', String(limit))
        .zrange(keys.circle.retracted(circle), '0', '-1')
        .exec();
      const [info, membershipText, entries, retracted] = (answers ?? []).map(([error, answer]) => {
        if (error) throw error;
        return answer;
      }) as [[string | null, string | null], string | null, [string, string[]][], string[]];
      if (!membershipText || !info[0]) return 'not-member';
      const { joinedSeq } = JSON.parse(membershipText) as Membership;
      const head = Number(info[1]);
      const epoch = info[0];
      if (from && (from.epoch !== epoch || from.seq > head || from.seq < joinedSeq)) return 'position-lost';
      const events = entries.map((entry) => toEvent(entry, retracted)).filter(({ seq }) => seq >= joinedSeq);
      const first = events[0];
      if (from && from.seq < head && first?.seq !== from.seq + 1) return 'position-lost';
      // Events of an earlier epoch carry earlier positions; whoever reads from the start is given those of this epoch.
      const current = events.filter(({ position }) => position.startsWith(epoch));
      const last = current.at(-1);
      return { position: last?.position ?? `${epoch}-${from ? from.seq : head}`, events: current };
    },
  };
}

/** A retracted status is not told again: in its place stands the retraction, so that positions stay without a hole. */
function toEvent([streamId, fields]: [string, string[]], retracted: string[]): FeedEvent & { seq: number } {
  const [, header = '', , frame = ''] = fields;
  const seq = Number.parseInt(streamId, 10);
  const { position, circle, status } = JSON.parse(frame) as {
    position: string;
    circle: string;
    status?: { id: string; author: { id: string } };
  };
  if (header.startsWith('status ') && status && retracted.includes(status.id)) {
    const told = { t: 'retracted', circle, position, id: status.id, author: status.author.id, status: null };
    return { seq, position, header: `retracted ${status.id}`, frame: JSON.stringify(told) };
  }
  return { seq, position, header, frame };
}
