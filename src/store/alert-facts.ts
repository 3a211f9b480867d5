import type { Redis } from 'ioredis';
import type { AlertLevel } from '../contract/circles.ts';
import type { Locale, Member } from '../contract/people.ts';
import type { Condition } from '../contract/statuses.ts';
import { levelOf } from './alerts.ts';
import { type BriefStatus, formatBoardEntry, parseBoardEntry } from './board-entry.ts';
import type { Keys } from './keys.ts';
import type { StatusStore } from './statuses.ts';

/** Who reads on this device. */
export interface ReaderFacts {
  locale: Locale;
  country: string;
}
/** The circle of an alert, as its reader has it. */
export interface CircleFacts {
  name: string;
  level: AlertLevel;
}
/** What one author has to tell a circle now. */
export interface NewsFacts {
  /** Status that the alert shows. */
  id: string;
  author: string;
  /** How the circle knows the author. */
  name: string;
  condition: Condition;
  writtenAt: string;
}
export type AlertFactsStore = ReturnType<typeof createAlertFacts>;

/** What an alert says, read when it is sent: a job may have waited for hours, and holds ids only. */
export function createAlertFacts(redis: Redis, keys: Keys, statuses: Pick<StatusStore, 'read' | 'readMany'>) {
  return {
    /** Null when the person is erased or the device signed out. */
    async readReader(person: string, session: string): Promise<ReaderFacts | null> {
      const [[locale, country, erasedAt], isSignedIn] = await Promise.all([
        redis.hmget(keys.person.profile(person), 'locale', 'country', 'erasedAt'),
        redis.hexists(keys.person.sessions(person), session),
      ]);
      if (!locale || erasedAt || !isSignedIn) return null;
      return { locale: locale as Locale, country: country ?? '' };
    },

    /** Null when the circle is gone or the person is no member (any more). */
    async readCircle(circle: string, person: string): Promise<CircleFacts | null> {
      const [name, member, membership] = await Promise.all([
        redis.hget(keys.circle.info(circle), 'name'),
        redis.hexists(keys.circle.members(circle), person),
        redis.hget(keys.circle.membership(circle), person),
      ]);
      return name && member && membership ? { name, level: levelOf(membership) } : null;
    },

    /**
     * What these statuses come to now, newest first, one for each author: a newer status on the board stands for those
     * before it. Retracted ones, and those of authors who left, are missing. `told` are the statuses that are still standing.
     */
    async readNews(circle: string, ids: string[]): Promise<{ news: NewsFacts[]; told: string[] }> {
      const records = (await statuses.readMany(ids)).filter((record) => record !== null).filter(({ retracted }) => !retracted);
      const newestBy = new Map<string, string>();
      for (const record of records) newestBy.set(record.author, newer(formatBoardEntry(record), newestBy.get(record.author)));
      const authors = [...newestBy.keys()];
      if (authors.length === 0) return { news: [], told: [] };
      const [members, board] = await Promise.all([
        redis.hmget(keys.circle.members(circle), ...authors),
        redis.hmget(keys.circle.board(circle), ...authors),
      ]);
      const news = authors.flatMap((author, index) => {
        const member = members[index];
        if (!member) return [];
        const { key, status } = parseBoardEntry<BriefStatus>(newer(newestBy.get(author) ?? '', board[index]));
        const { id, condition, writtenAt } = status;
        return [{ key, author, name: (JSON.parse(member) as Member).nickname, id, condition, writtenAt }];
      });
      news.sort((a, b) => (a.key < b.key ? 1 : -1));
      const standing = new Set(news.map(({ author }) => author));
      return {
        news: news.map(({ key: _, ...facts }) => facts),
        told: records.filter(({ author }) => standing.has(author)).map(({ id }) => id),
      };
    },

    /** The status of a *help* alert; null when it is retracted or erased, or its author left. */
    async readHelp(circle: string, id: string): Promise<NewsFacts | null> {
      const record = await statuses.read(id);
      if (!record || record.retracted) return null;
      const member = await redis.hget(keys.circle.members(circle), record.author);
      if (!member) return null;
      const { author, condition, writtenAt } = record;
      return { id, author, condition, writtenAt, name: (JSON.parse(member) as Member).nickname };
    },

    /**
     * Whose *help* was withdrawn and when (ms, null where forgotten). Null when there is nobody to name, or when they still
     * need help by a later status: then nothing may say that it is over.
     */
    async readWithdrawn(circle: string, id: string): Promise<{ author: string; name: string; at: number | null } | null> {
      const record = await statuses.read(id);
      if (!record) return null;
      const [member, entry, at] = await Promise.all([
        redis.hget(keys.circle.members(circle), record.author),
        redis.hget(keys.circle.board(circle), record.author),
        redis.zscore(keys.circle.retracted(circle), id),
      ]);
      if (!member || (entry && parseBoardEntry(entry).status.condition === 'help')) return null;
      return { author: record.author, name: (JSON.parse(member) as Member).nickname, at: at === null ? null : Number(at) };
    },

    /** Name of a device and when it signed in; null when it has signed out since. */
    async readDevice(person: string, session: string): Promise<{ name: string; createdAt: string } | null> {
      const hash = await redis.hget(keys.person.sessions(person), session);
      const [name, createdAt] = hash ? await redis.hmget(keys.session(hash), 'name', 'createdAt') : [];
      return name && createdAt ? { name, createdAt } : null;
    },
  };
}

function newer(entry: string, other: string | null | undefined): string {
  return other && other > entry ? other : entry;
}
