import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import type { Member } from '../contract/people.ts';
import type { Delivery, OwnStatus, SeenStatus, Status } from '../contract/statuses.ts';
import { addFanoutJob } from '../platform/fanout-job.ts';
import type { Pressure } from '../platform/pressure.ts';
import type { QueueSet } from '../platform/queues.ts';
import type { DeliveryNotice } from '../store/control-messages.ts';
import type { FootprintStore } from '../store/footprints.ts';
import type { HistoryStore } from '../store/histories.ts';
import type { MemberStore } from '../store/members.ts';
import type { ReachedStore } from '../store/reached.ts';
import { showStatus } from '../store/shown-status.ts';
import type { StatusRecord, StatusStore } from '../store/statuses.ts';
import { createDeliveryReader } from './delivery.ts';

/** How a person looks outside every circle. */
type Face = Pick<Status['author'], 'nickname' | 'avatar'>;

export interface StatusesOptions {
  statuses: StatusStore;
  members: MemberStore;
  histories: HistoryStore;
  footprints: Pick<FootprintStore, 'readSeenBy' | 'count'>;
  reached: Pick<ReachedStore, 'count'>;
  pressure: Pick<Pressure, 'sheds'>;
  tellAuthors: (notices: readonly DeliveryNotice[]) => void;
  queues: QueueSet;
  log: Logger;
}
export type Statuses = ReturnType<typeof createStatusesService>;

/** Looking at statuses, and taking one back. */
export function createStatusesService(options: StatusesOptions) {
  const { statuses, members, histories, footprints, pressure, tellAuthors, queues, log } = options;
  const delivery = createDeliveryReader(options);

  /** Through the first circle of the status that the reader is in and whose history holds it. */
  async function readAsMember(reader: string, record: StatusRecord): Promise<Status | null> {
    for (const circle of record.circles) {
      const [member, author] = await Promise.all([members.read(circle, reader), members.read(circle, record.author)]);
      if (!member || !author || !(await histories.has(circle, record))) continue;
      if (reader !== record.author && record.acceptedAt < member.membership.joinedAt) continue;
      return toStatus(record, circle, author.member);
    }
    return null;
  }

  /** @param readPerson asked only where none of its circles knows the author (any more) */
  async function readOwn(
    record: StatusRecord,
    readPerson: (id: string) => Promise<Face>,
    readDelivery: (record: StatusRecord) => Promise<{ delivery: Delivery; seenBy?: Member[] }>,
  ): Promise<OwnStatus> {
    const [{ delivery: come, seenBy }, seen] = await Promise.all([readDelivery(record), readAsMember(record.author, record)]);
    const author = seen?.author ?? (await readAuthor(record.author));
    const { id, condition, note, place, writtenAt, acceptedAt } = record;
    return {
      id,
      author,
      condition,
      ...(note && { note }),
      ...(place && { place }),
      writtenAt,
      acceptedAt,
      circles: record.circles,
      delivery: come,
      ...(seenBy && seenBy.length > 0 && { seenBy }),
    };

    async function readAuthor(person: string): Promise<Status['author']> {
      const { nickname, avatar } = await readPerson(person);
      return { id: person, nickname, avatar, role: 'member' };
    }
  }

  return {
    /** One status, for the members of a circle it went to, and for its author with how far it has come. */
    async read(reader: string, id: string, readPerson: (id: string) => Promise<Face>): Promise<OwnStatus> {
      const record = await statuses.read(id);
      if (!record || record.retracted) throw new AppError('not-found');
      const isOwn = record.author === reader;
      const found = isOwn ? await readOwn(record, readPerson, delivery.readWithNames) : await readAsMember(reader, record);
      if (!found) throw new AppError('not-found');
      return found;
    },

    /** The author's newest status that was not retracted, with how many have seen it, and not who; null for none. */
    async readLatest(author: string, person: Face): Promise<OwnStatus | null> {
      const records = await statuses.readMany(await statuses.listOwn(author, 10));
      // The list is written before a commit decides whose an id is: what another person posted may stand on it.
      const latest = records.find((record) => record?.author === author && !record.retracted);
      if (!latest) return null;
      return readOwn(
        latest,
        async () => person,
        async (record) => ({ delivery: await delivery.read(record) }),
      );
    },

    /**
     * Takes a status back, also one that has not come yet: its tombstone waits for it. @throws AppError `not-found` when the
     * id is not known (yet), or another person's
     */
    async retract(author: string, id: string): Promise<void> {
      const batch = uuidv7();
      const outcome = await statuses.retract(id, author, batch);
      if (outcome === 'unknown' || outcome === 'foreign') throw new AppError('not-found');
      if (outcome === 'again') return;
      // Their other devices may still show it.
      tellAuthors([{ status: id, author, isHelp: false }]);
      // The help lane: a false "help" must be taken back as fast as it was spread.
      addFanoutJob(queues, { lane: 'help', shard: statuses.shardOf(id), batch, ids: [id] }).catch((err) =>
        log.warn({ err, batch }, 'job not added; the sweeper will'),
      );
    },

    /**
     * What a circle was shown of one member since the reader joined, newest first; of their own by whom it was seen there, which
     * is left out while many post.
     * @throws AppError `not-found`
     */
    async listOfMember(reader: string, circle: string, author: string): Promise<SeenStatus[]> {
      const [own, other] = await Promise.all([members.read(circle, reader), members.read(circle, author)]);
      if (!own || !other) throw new AppError('not-found');
      const ids = await histories.listIds(circle, author, own.membership.joinedAt);
      const [records, seen] = await Promise.all([
        statuses.readMany(ids),
        reader === author && !pressure.sheds('footprints') ? footprints.readSeenBy(circle, author, ids) : null,
      ]);
      return records
        .filter((record) => record !== null)
        .filter(({ retracted }) => !retracted)
        .map((record) => {
          const seenBy = seen?.get(record.id) ?? [];
          return { ...toStatus(record, circle, other.member), ...(seenBy.length > 0 && { seenBy }) };
        });
    },
  };
}

function toStatus(record: StatusRecord, circle: string, author: Status['author']): Status {
  const { id, ...shown } = showStatus(record, circle);
  return { id, author, ...shown };
}
