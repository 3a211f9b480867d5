import type { Member } from '../contract/people.ts';
import type { Delivery } from '../contract/statuses.ts';
import type { FootprintStore } from '../store/footprints.ts';
import type { HistoryStore } from '../store/histories.ts';
import type { ReachedStore } from '../store/reached.ts';
import type { StatusRecord, StatusStore } from '../store/statuses.ts';

export interface DeliveryOptions {
  statuses: Pick<StatusStore, 'countAlerted' | 'read'>;
  histories: Pick<HistoryStore, 'has'>;
  reached: Pick<ReachedStore, 'count'>;
  footprints: Pick<FootprintStore, 'readSeenBy'>;
}
export type DeliveryReader = ReturnType<typeof createDeliveryReader>;

/** How far a status has come: for its author, and nobody else. */
export function createDeliveryReader({ statuses, histories, reached, footprints }: DeliveryOptions) {
  /** Who has seen it, each once: as the first of its circles that they saw it in knows them. */
  async function readSeenBy({ id, author, circles }: StatusRecord): Promise<Member[]> {
    const lists = await Promise.all(circles.map((circle) => footprints.readSeenBy(circle, author, [id])));
    const people = new Map<string, Member>();
    for (const member of lists.flatMap((list) => list.get(id) ?? [])) {
      if (!people.has(member.id)) people.set(member.id, member);
    }
    return [...people.values()];
  }

  async function read(record: StatusRecord): Promise<{ delivery: Delivery; seenBy: Member[] }> {
    const [shown, alerted, confirmed, seenBy] = await Promise.all([
      Promise.all(record.circles.map((circle) => histories.has(circle, record))),
      statuses.countAlerted(record.id),
      reached.count(record.id),
      readSeenBy(record),
    ]);
    const boards = shown.filter(Boolean).length;
    return { delivery: { boards, alerted, reached: confirmed, seen: seenBy.length }, seenBy };
  }

  return {
    read,

    /** By id; null unless it is theirs and stands. */
    async readOwn(author: string, id: string): Promise<Delivery | null> {
      const record = await statuses.read(id);
      if (record?.author !== author || record.retracted) return null;
      return (await read(record)).delivery;
    },
  };
}
