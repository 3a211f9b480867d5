import { Redis } from 'ioredis';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import type { AlertLevel } from '../contract/circles.ts';
import type { Locale, Member } from '../contract/people.ts';
import type { Condition } from '../contract/statuses.ts';
import { createFanout } from '../fanout/consumer.ts';
import { laneOf, PROVIDERS, type PushAlert, type PushJob, QUEUES } from '../platform/jobs.ts';
import { createQueues } from '../platform/queues.ts';
import { redisOptionsFromUrl } from '../platform/redis-url.ts';
import { createKeys, type Keys } from '../store/keys.ts';
import type { StatusRecord } from '../store/statuses.ts';
import { createStores, type Stores } from '../store/stores.ts';
import type { FakePushService } from './push-service.ts';

const STATUS_TTL_SECONDS = 30 * 86_400;

/** Somebody with one device, which has alerts turned on when there is a push service. */
export interface Somebody {
  id: string;
  session: string;
  token: string;
  endpoint: string;
  member: Member;
}
export interface AlertWorld {
  redis: Redis;
  keys: Keys;
  stores: Stores;
  queues: ReturnType<typeof createQueues>;
  openWorkerConnection: () => Redis;
  addPerson(nickname: string, options?: { locale?: Locale; country?: string; timeZone?: string }): Promise<Somebody>;
  /** Another device of the same person, with alerts turned on. */
  addDevice(person: Somebody, name?: string): Promise<{ session: string; endpoint: string }>;
  /** The first person is its keeper. */
  createCircle(name: string, people: Somebody[]): Promise<string>;
  setLevel(circle: string, person: Somebody, level: AlertLevel): Promise<void>;
  /** Stores statuses and brings them to their circles in one batch, as the fan-out does, alert jobs included. */
  post(
    ...statuses: { author: Somebody; circles: string[]; condition?: Condition; writtenAt?: string }[]
  ): Promise<StatusRecord[]>;
  retract(status: StatusRecord): Promise<void>;
  /** Alerts in the push jobs that wait, by lane. Nobody works on them unless the test has started workers. */
  waitingPushes(): Promise<{ lane: string; id: string; data: PushAlert }[]>;
  close(): Promise<void>;
}

/** A small world on the real stores, under a key prefix of its own: people with devices, circles, statuses. */
export function createAlertWorld(
  redisUrl: string,
  service: FakePushService | null,
  now: () => Date = () => new Date(),
): AlertWorld {
  const keys = createKeys(`test-${uuidv7()}:`);
  const opened: Redis[] = [];
  const openWorkerConnection = () => {
    const redis = new Redis({ ...redisOptionsFromUrl(redisUrl), maxRetriesPerRequest: null });
    opened.push(redis);
    return redis;
  };
  const log = pino({ level: 'silent' });
  const redis = openWorkerConnection();
  const runId = async () => 'a'.repeat(40);
  const stores = createStores({ redis, keys, runId, shards: 1, statusTtlSeconds: STATUS_TTL_SECONDS });
  const queues = createQueues(openWorkerConnection(), keys.queue, log);
  const fanOut = createFanout({ ...stores, queues, metrics: { observeFanout: () => undefined }, log, now });

  async function subscribe(person: string, name: string, timeZone?: string) {
    const { token, session } = await stores.sessions.create(person, name, now());
    const subscription = service?.subscribe(timeZone) ?? { endpoint: '', keys: { p256dh: '', auth: '' } };
    const stored = { ...subscription, provider: 'other', origin: 'https://seen.example' } as const;
    if (service) await stores.pushSubscriptions.put(person, session.id, stored);
    return { token, session: session.id, endpoint: subscription.endpoint };
  }

  return {
    redis,
    keys,
    stores,
    queues,
    openWorkerConnection,

    async addPerson(nickname, { locale = 'en', country = 'GB', timeZone } = {}) {
      const id = uuidv7();
      const avatar = { emoji: '🐻', colour: 'blue' } as const;
      await stores.people.create({ id, nickname, avatar, locale, country }, uuidv7(), now());
      return { id, ...(await subscribe(id, 'first device', timeZone)), member: { id, nickname, avatar, role: 'member' } };
    },

    addDevice: (person, name = 'another device') => subscribe(person.id, name),

    async createCircle(name, people) {
      const id = uuidv7();
      const [keeper, ...members] = people;
      if (!keeper) throw new Error('a circle has a keeper');
      for (const { id: person } of people) await redis.hset(keys.person.circles(person), id, 'family');
      await stores.circles.create({ id, name, kind: 'family', member: { ...keeper.member, role: 'keeper' }, now: now() });
      for (const { id: person, member } of members) {
        await redis.hset(keys.circle.members(id), person, JSON.stringify(member));
        await redis.hset(keys.circle.membership(id), person, JSON.stringify({ joinedAt: now().toISOString(), joinedSeq: 1 }));
      }
      return id;
    },

    async setLevel(circle, { id }, level) {
      await stores.members.change(circle, id, ({ member, membership }) => ({
        member,
        membership: { ...membership, alerts: level },
      }));
    },

    async post(...statuses) {
      const records = statuses.map(({ author, circles, condition = 'ok', writtenAt }): StatusRecord => {
        const acceptedAt = now().toISOString();
        const secret = { note: 'secret note', place: 'secret place', placeCircles: circles };
        return { id: uuidv7(), author: author.id, condition, circles, acceptedAt, writtenAt: writtenAt ?? acceptedAt, ...secret };
      });
      const lane = laneOf(records[0]?.condition ?? 'ok');
      const { batches } = await stores.statuses.commit(0, lane, records, uuidv7());
      for (const batch of batches) await fanOut(batch.id, { shard: 0, ids: batch.ids });
      return records;
    },

    async retract(status) {
      const batch = uuidv7();
      await stores.statuses.retract(status.id, status.author, batch);
      await fanOut(batch, { shard: 0, ids: [status.id] });
    },

    async waitingPushes() {
      const lanes = PROVIDERS.flatMap((provider) => [QUEUES.push(provider), QUEUES.pushHelp(provider)]);
      const jobs = await Promise.all(
        lanes.map(async (lane) => {
          const waiting = await queues.get<PushJob>(lane).getJobs(['waiting', 'delayed']);
          return waiting.flatMap(({ id = '', data }) =>
            (data.kind === 'page' ? data.alerts : [data]).map((alert) => ({ lane, id, data: alert })),
          );
        }),
      );
      return jobs.flat();
    },

    async close() {
      await queues.close();
      for (const connection of opened) connection.disconnect();
    },
  };
}
