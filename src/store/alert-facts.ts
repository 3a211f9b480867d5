import type { Redis } from 'ioredis';
import type { AlertLevel } from '../contract/circles.ts';
import type { Locale, Member } from '../contract/people.ts';
import type { Condition } from '../contract/statuses.ts';
import { defineScript } from '../platform/script.ts';
import { levelOf } from './alerts.ts';
import { type BriefStatus, formatBoardEntry, parseBoardEntry } from './board-entry.ts';
import type { Keys } from './keys.ts';
import readDeviceLua from './lua/read-device.lua?raw';
import { parseSubscription, type StoredSubscription } from './push-subscriptions.ts';
import type { StatusStore } from './statuses.ts';

/** Who reads on this device. */
export interface ReaderFacts {
  locale: Locale;
  country: string;
}
export interface DeviceFacts {
  /** Null when the person is erased or the device signed out. */
  reader: ReaderFacts | null;
  /** Null when alerts are off. Whose browser it is by now is another question: `push-subscriptions.ts`. */
  subscription: StoredSubscription | null;
  /** It shows a page of ours at this moment. */
  isVisible: boolean;
}
/** The circle of an alert, and the alert level of each of its readers who is a member. */
export interface CircleFacts {
  name: string;
  levels: Map<string, AlertLevel>;
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
export interface NewsSelection {
  news: NewsFacts[];
  told: string[];
}
const readDeviceScript = defineScript(readDeviceLua);

export type AlertFactsStore = ReturnType<typeof createAlertFacts>;

/** What an alert says, read when it is sent: a job may have waited for hours, and holds ids only. */
export function createAlertFacts(redis: Redis, keys: Keys, statuses: Pick<StatusStore, 'read' | 'readMany'>) {
  return {
    /** Who reads on this device and how to reach it, now. */
    async readDevice(person: string, session: string): Promise<DeviceFacts> {
      const { profile, sessions, push, visible } = keys.person;
      const [locale, country, erasedAt, stored, isSignedIn, isVisible] = (await readDeviceScript.run(
        redis,
        [profile(person), sessions(person), push(person), visible(person, session)],
        [session],
      )) as [string, string, string, string, string, string];
      return {
        reader: locale && !erasedAt && isSignedIn === '1' ? { locale: locale as Locale, country } : null,
        subscription: stored ? parseSubscription(stored) : null,
        isVisible: isVisible === '1',
      };
    },

    /** Null when the circle is gone; without those who are no members (any more). */
    async readCircle(circle: string, people: string[]): Promise<CircleFacts | null> {
      const [name, members, memberships] = await Promise.all([
        redis.hget(keys.circle.info(circle), 'name'),
        redis.hmget(keys.circle.members(circle), ...people),
        redis.hmget(keys.circle.membership(circle), ...people),
      ]);
      if (!name) return null;
      const levels = new Map<string, AlertLevel>();
      for (const [index, person] of people.entries()) {
        const membership = memberships[index];
        if (members[index] && membership) levels.set(person, levelOf(membership));
      }
      return { name, levels };
    },

    /**
     * Reads these statuses once for many readers: each is told some of them, as `select` says. What they come to now is newest
     * first, one for each author: a newer status on the board stands for those before it. Retracted ones, and those of
     * authors who left, are missing. `told` are the statuses that are still standing.
     */
    async readNews(circle: string, ids: string[]): Promise<{ select(ids: string[]): NewsSelection }> {
      const records = (await statuses.readMany(ids)).filter((record) => record !== null).filter(({ retracted }) => !retracted);
      const entries = new Map(records.map((record) => [record.id, { author: record.author, entry: formatBoardEntry(record) }]));
      const authors = [...new Set(records.map(({ author }) => author))];
      const [members, board] =
        authors.length === 0
          ? [[], []]
          : await Promise.all([
              redis.hmget(keys.circle.members(circle), ...authors),
              redis.hmget(keys.circle.board(circle), ...authors),
            ]);
      const known = new Map<string, { name: string; entry: string | null | undefined }>();
      for (const [index, author] of authors.entries()) {
        const member = members[index];
        if (member) known.set(author, { name: (JSON.parse(member) as Member).nickname, entry: board[index] });
      }
      return {
        select(wanted) {
          const newestBy = new Map<string, string>();
          const told: string[] = [];
          for (const id of wanted) {
            const found = entries.get(id);
            const author = found && known.get(found.author);
            if (!found || !author) continue;
            told.push(id);
            newestBy.set(found.author, newer(newer(found.entry, author.entry), newestBy.get(found.author)));
          }
          const news = [...newestBy].map(([author, entry]) => {
            const { key, status } = parseBoardEntry<BriefStatus>(entry);
            const { id, condition, writtenAt } = status;
            return { key, author, name: known.get(author)?.name ?? '', id, condition, writtenAt };
          });
          news.sort((a, b) => (a.key < b.key ? 1 : -1));
          return { news: news.map(({ key: _, ...facts }) => facts), told };
        },
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
    async readNewDevice(person: string, session: string): Promise<{ name: string; createdAt: string } | null> {
      const hash = await redis.hget(keys.person.sessions(person), session);
      const [name, createdAt] = hash ? await redis.hmget(keys.session(hash), 'name', 'createdAt') : [];
      return name && createdAt ? { name, createdAt } : null;
    },
  };
}

function newer(entry: string, other: string | null | undefined): string {
  return other && other > entry ? other : entry;
}
