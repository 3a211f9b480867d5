import type { Redis } from 'ioredis';
import type { AlertLevel } from '../contract/circles.ts';
import {
  DIGEST_LADDER_SECONDS,
  DIGEST_QUIET_SECONDS,
  DIGEST_SECONDS,
  DIGEST_SPREAD_SECONDS,
  IDEMPOTENCY_DAYS,
} from '../contract/limits.ts';
import type { Provider } from '../platform/jobs.ts';
import { defineScript, type Script } from '../platform/script.ts';
import type { Keys } from './keys.ts';
import claimsLua from './lua/alert-claims.lua?raw';
import claimAlertsLua from './lua/claim-alerts.lua?raw';
import claimDigestLua from './lua/claim-digest.lua?raw';
import claimWithdrawnLua from './lua/claim-withdrawn.lua?raw';
import hearNewsLua from './lua/hear-news.lua?raw';
import settleLua from './lua/settle-claims.lua?raw';
import type { Membership } from './members.ts';

const claimDigestScript = defineScript(claimDigestLua);
const claimAlertsScript = defineScript(claimsLua, claimAlertsLua);
const claimWithdrawnScript = defineScript(claimsLua, claimWithdrawnLua);
const hearNewsScript = defineScript(claimsLua, hearNewsLua);
const settleScript = defineScript(settleLua);

/** News that no digest has told within a day is no news; the same holds for a digest that stopped midway. */
const DIGEST_CLAIM_SECONDS = 86_400;
/** As long as a status can come again by a late retry. */
const CLAIM_KEPT_MS = IDEMPOTENCY_DAYS * 86_400_000;
/**
 * Statuses that one digest may tell of a circle. A circle of 1,500 that all tap within 20 s would else put a list of 1,500 ids
 * into 1,500 alerts; nobody reads more than the few names that fit into one.
 */
export const DIGEST_STATUSES_MAX = 500;
/** Members read at once: a pipeline of that many scripts holds up nobody for more than a few ms. */
const MEMBERS_PER_PAGE = 100;
const LADDER_MS = DIGEST_LADDER_SECONDS.map((seconds) => seconds * 1_000).join(',');

export interface NewsItem {
  status: string;
  author: string;
}
/** What one person is to be alerted of, and on which devices. Both are empty when there is nothing to do. */
export interface Claim {
  devices: { session: string; provider: Provider }[];
  statuses: string[];
}
/** One status that a person hears of by way of a circle. */
export interface HeardStatus {
  circle: string;
  status: string;
}
/** What one person hears now, and when what still waits of that circle can be heard (ms), null where nothing waits. */
export interface Heard {
  devices: Claim['devices'];
  taken: HeardStatus[];
  dueAt: number | null;
}
export interface AlertReader {
  person: string;
  level: AlertLevel;
}
export type AlertStore = ReturnType<typeof createAlerts>;

/** Who is alerted of what, exactly once. `job` names an alert job; it holds no space. */
export function createAlerts(redis: Redis, keys: Keys) {
  async function claimBy(script: Script, person: string, job: string, statuses: string[], now: Date): Promise<Claim> {
    const [devices, claimed] = (await script.run(
      redis,
      [keys.person.alerted(person), keys.person.push(person)],
      [job, now.getTime(), CLAIM_KEPT_MS, ...statuses],
    )) as [string[], string[]];
    return { devices: toDevices(devices), statuses: claimed };
  }

  return {
    /** The news of one window, oldest first; see `lua/claim-digest.lua`. */
    async claimDigest(circle: string, window: number, now: Date): Promise<NewsItem[]> {
      const news = (await claimDigestScript.run(
        redis,
        [keys.circle.alerts(circle), keys.circle.news(circle), keys.circle.claim(circle, window)],
        [window, now.getTime(), DIGEST_CLAIM_SECONDS, spreadMs(circle)],
      )) as string[];
      return news.map((item) => {
        const [status = '', author = ''] = item.split(' ');
        return { status, author };
      });
    },

    /** All alerts of this window are queued: what it took is forgotten. */
    async finishDigest(circle: string, window: number): Promise<void> {
      await redis.unlink(keys.circle.claim(circle, window));
    },

    /**
     * Everybody in the circle with their alert level, page by page, so that a large circle holds neither Redis nor us. Somebody
     * may come twice (SCAN); claims make that harmless.
     */
    async *pageMembers(circle: string): AsyncGenerator<AlertReader[]> {
      let cursor = '0';
      do {
        const [next, entries] = await redis.hscan(keys.circle.membership(circle), cursor, 'COUNT', MEMBERS_PER_PAGE);
        cursor = next;
        yield toReaders(entries);
      } while (cursor !== '0');
    },

    /** Those of the readers who have a device to be alerted on: most circles have few, and the others cost one read each. */
    async withDevices(readers: AlertReader[]): Promise<AlertReader[]> {
      const found = await Promise.all(readers.map(({ person }) => redis.exists(keys.person.push(person))));
      return readers.filter((_, index) => found[index] === 1);
    },

    /** Those for whom news waits, or who have an alert that a stopped job has yet to queue. */
    async withWaiting(readers: AlertReader[]): Promise<AlertReader[]> {
      const found = await Promise.all(readers.map(({ person }) => redis.exists(keys.person.waiting(person))));
      return readers.filter((_, index) => found[index] === 1);
    },

    /** What one person hears now of `news` of a circle and of what waited for them; see `lua/hear-news.lua`. */
    async hear(person: string, job: string, circle: string, news: NewsItem[], now: Date): Promise<Heard> {
      const [devices, taken, dueAt] = (await hearNewsScript.run(
        redis,
        [keys.person.alerted(person), keys.person.push(person), keys.person.waiting(person), keys.person.circles(person)],
        [
          job,
          now.getTime(),
          CLAIM_KEPT_MS,
          circle,
          DIGEST_SECONDS * 1_000,
          DIGEST_QUIET_SECONDS * 1_000,
          LADDER_MS,
          DIGEST_CLAIM_SECONDS,
          DIGEST_STATUSES_MAX,
          ...news.flatMap(({ status, author }) => [status, author]),
        ],
      )) as [string[], string[], number];
      const heard: HeardStatus[] = [];
      for (let index = 0; index < taken.length; index += 2) {
        heard.push({ circle: taken[index] ?? '', status: taken[index + 1] ?? '' });
      }
      return { devices: toDevices(devices), taken: heard, dueAt: dueAt > 0 ? dueAt : null };
    },

    /** The alert of what `job` took for this person is queued: it will not get it again. */
    async settleHeard(person: string, job: string): Promise<void> {
      await redis.hdel(keys.person.waiting(person), `taken ${job}`);
    },

    /** Claims statuses for one person. */
    claim(person: string, job: string, statuses: string[], now: Date): Promise<Claim> {
      return claimBy(claimAlertsScript, person, job, statuses, now);
    },

    /** Claims the withdrawal of a *help*; nothing for whoever was not alerted of it. */
    claimWithdrawn(person: string, job: string, status: string, now: Date): Promise<Claim> {
      return claimBy(claimWithdrawnScript, person, job, [status], now);
    },

    /** The alerts of these claims are queued: `job` will not get them again. */
    async settle(person: string, job: string, statuses: string[], kind: 'alerts' | 'withdrawn'): Promise<void> {
      const fields = kind === 'withdrawn' ? statuses.map((status) => `withdrawn ${status}`) : statuses;
      await settleScript.run(redis, [keys.person.alerted(person)], [job, ...fields]);
    },
  };
}

/** Ms by which a circle's digests come later than others', so that a burst everywhere is not a second one 20 s after it. */
export function spreadMs(circle: string): number {
  return Number.parseInt(circle.slice(-6), 16) % (DIGEST_SPREAD_SECONDS * 1_000) || 0;
}

function toDevices(flat: string[]): Claim['devices'] {
  const devices: Claim['devices'] = [];
  for (let index = 0; index < flat.length; index += 2) {
    devices.push({ session: flat[index] ?? '', provider: flat[index + 1] as Provider });
  }
  return devices;
}

function toReaders(entries: string[]): AlertReader[] {
  const readers: AlertReader[] = [];
  for (let index = 0; index < entries.length; index += 2) {
    readers.push({ person: entries[index] ?? '', level: levelOf(entries[index + 1] ?? '{}') });
  }
  return readers;
}

/** The alert level that a membership (JSON) holds. Most hold none, which is seen without parsing them: a digest reads every member's. */
export function levelOf(membership: string): AlertLevel {
  if (!membership.includes('"alerts":')) return 'digest';
  return (JSON.parse(membership) as Membership).alerts ?? 'digest';
}
