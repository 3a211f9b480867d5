import type { Member } from '../contract/people.ts';
import type { Delivery } from '../contract/statuses.ts';
import type { Pressure } from '../platform/pressure.ts';
import type { FootprintStore } from '../store/footprints.ts';
import type { HistoryStore } from '../store/histories.ts';
import type { ReachedStore } from '../store/reached.ts';
import type { StatusRecord, StatusStore } from '../store/statuses.ts';

export interface DeliveryOptions {
  statuses: Pick<StatusStore, 'countAlerted' | 'read'>;
  histories: Pick<HistoryStore, 'has'>;
  reached: Pick<ReachedStore, 'count'>;
  footprints: Pick<FootprintStore, 'readSeenBy' | 'count'>;
  pressure: Pick<Pressure, 'sheds'>;
}

/** How far a status has come: for its author, and nobody else. */
export function createDeliveryReader({ statuses, histories, reached, footprints, pressure }: DeliveryOptions) {
  /** Who has seen it is not read while many post; of *help* it is, for its author is told to call while nobody has. */
  const shedsSeen = ({ condition }: StatusRecord) => condition !== 'help' && pressure.sheds('footprints');

  /** In figures. @param countSeen where who they are is known, how many they are is as well */
  async function read(record: StatusRecord, countSeen = countViewers): Promise<Delivery> {
    const [shown, alerted, confirmed, seen] = await Promise.all([
      Promise.all(record.circles.map((circle) => histories.has(circle, record))),
      statuses.countAlerted(record.id),
      reached.count(record.id),
      countSeen(record),
    ]);
    return { boards: shown.filter(Boolean).length, alerted, reached: confirmed, seen };
  }

  async function countViewers(record: StatusRecord): Promise<number> {
    return shedsSeen(record) ? 0 : footprints.count(record.circles, record.author, record.id);
  }

  /** Who has seen it, each once: as the first of its circles that they saw it in knows them. */
  async function readSeenBy(record: StatusRecord): Promise<Member[]> {
    if (shedsSeen(record)) return [];
    const { id, author, circles } = record;
    const lists = await Promise.all(circles.map((circle) => footprints.readSeenBy(circle, author, [id])));
    const people = new Map<string, Member>();
    for (const member of lists.flatMap((list) => list.get(id) ?? [])) {
      if (!people.has(member.id)) people.set(member.id, member);
    }
    return [...people.values()];
  }

  return {
    read,

    /** In figures, and who has seen it by name. */
    async readWithNames(record: StatusRecord): Promise<{ delivery: Delivery; seenBy: Member[] }> {
      const seenBy = await readSeenBy(record);
      return { delivery: await read(record, async () => seenBy.length), seenBy };
    },

    /** By id; `withdrawn` once they have taken it back, null unless it is theirs. */
    async readOwn(author: string, id: string): Promise<Delivery | 'withdrawn' | null> {
      const record = await statuses.read(id);
      if (record?.author !== author) return null;
      return record.retracted ? 'withdrawn' : read(record);
    },
  };
}
