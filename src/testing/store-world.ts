import type { Job } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { inject } from 'vitest';
import type { CircleKind } from '../contract/circles.ts';
import type { Member } from '../contract/people.ts';
import type { Lane } from '../platform/jobs.ts';
import { createQueues } from '../platform/queues.ts';
import { redisOptionsFromUrl } from '../platform/redis-url.ts';
import { createKeys } from '../store/keys.ts';
import type { StatusRecord } from '../store/statuses.ts';
import { createStores } from '../store/stores.ts';

/** The moment at which the tests of the stores play. */
export const NOW = new Date('2026-03-11T05:52:10.000Z');
export const DAY_MS = 86_400_000;
export const STATUS_TTL_SECONDS = 30 * 86_400;

/** A log that nobody reads. */
export const silent = pino({ level: 'silent' });

/** `NOW` and some milliseconds. */
export function fromNow(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

/** All stores over a real Redis, under a key prefix of their own. `name` makes the keys readable; close it in `afterAll`. */
export function openStoreWorld(name: string, { shards = 1 }: { shards?: number } = {}) {
  const options: RedisOptions & { replyMapping: 'legacy' } = {
    ...redisOptionsFromUrl(inject('redisUrl')),
    enableAutoPipelining: true,
    protocol: 2,
    replyMapping: 'legacy',
  };
  const workerOptions = { ...options, enableAutoPipelining: false, maxRetriesPerRequest: null };
  const opened: Redis[] = [];
  const connect = (own: RedisOptions & { replyMapping: 'legacy' } = options) => {
    const connection = new Redis(own);
    opened.push(connection);
    return connection;
  };
  const redis = connect();
  const prefix = `test-${name}-${uuidv7().slice(-12)}:`;
  const keys = createKeys(prefix);
  const server = { runId: 'a'.repeat(40) };
  const stores = createStores({ redis, keys, runId: async () => server.runId, shards, statusTtlSeconds: STATUS_TTL_SECONDS });

  const queues = createQueues(connect(workerOptions), keys.queue, silent);

  return {
    redis,
    prefix,
    keys,
    stores,
    /** What the stores take for the `run_id` of Redis: set another one, and Redis was restarted. */
    server,
    /** One more connection to the same Redis. */
    connect,
    /** For `connect`: what BullMQ wants. */
    workerOptions,

    /** Listens to a channel; the answer gives what has been published on it so far. */
    async listen(channel: string): Promise<() => Promise<string[]>> {
      const subscriber = connect();
      const heard: string[] = [];
      subscriber.on('message', (_, text: string) => heard.push(text));
      await subscriber.subscribe(channel);
      // Redis answers in order: when the ping is back, all that was published before it is here.
      return async () => {
        await subscriber.ping();
        return heard;
      };
    },

    /** A circle with its keeper. */
    async makeCircle(kind: CircleKind = 'family', keeper: Member = makeMember('keeper')) {
      const id = uuidv7();
      await stores.circles.create({ id, name: 'Tanaka', kind, member: keeper, now: NOW });
      return { id, keeper };
    },

    /** Lets somebody in by an invite of their own. */
    async letIn(circle: string, keeper: Member, member: Member = makeMember(), now: Date = NOW): Promise<Member> {
      const invite = uuidv7();
      const expiresAt = new Date(now.getTime() + DAY_MS).toISOString();
      const stored = { id: invite, createdBy: keeper.id, createdAt: now.toISOString(), expiresAt, maxUses: 1, uses: 0 };
      await stores.invites.create(circle, stored, uuidv7(), now);
      const kind = (await stores.circles.view(keeper.id, circle))?.circle.kind ?? '';
      const outcome = await stores.members.join({ circle, kind, invite, member, most: 1_500, now });
      if (outcome !== 'joined') throw new Error(`could not join: ${outcome}`);
      return member;
    },

    /** Frames of the circle's feed, oldest first, as Redis holds them. */
    async readFrames(circle: string): Promise<{ t: string; position: string; [field: string]: unknown }[]> {
      const entries = await redis.xrange(keys.circle.feed(circle), '-', '+');
      return entries.map(([, fields]) => JSON.parse(fields[3] ?? ''));
    },

    /** All batches that wait in a shard, whatever their lane and age. */
    async listWaiting(shard = 0) {
      const list = (lane: Lane) => stores.outbox.listDue(shard, lane, 0, 10_000);
      return [...(await list('help')), ...(await list('fanout'))];
    },

    /** As when everything in the outbox of a shard had been accepted so much earlier. */
    async ageOutbox(ms: number, shard = 0): Promise<void> {
      for (const key of [keys.shard.outbox(shard, 'help'), keys.shard.outbox(shard, 'fanout')]) {
        for (const batch of await redis.zrange(key, '0', '-1')) await redis.zincrby(key, -ms, batch);
      }
    },

    /** Queues under the world's prefix, and what waits in one of them. */
    queues,
    async listJobs<Data>(name: string): Promise<Job<Data>[]> {
      return queues.get<Data>(name).getJobs(['waiting', 'delayed', 'active', 'failed']);
    },

    async close(): Promise<void> {
      await queues.close();
      await Promise.all(opened.map((connection) => connection.quit()));
    },
  };
}

export function makeMember(role: Member['role'] = 'member', nickname = 'Hana'): Member {
  return { id: uuidv7(), nickname, avatar: { emoji: '🐶', colour: 'red' }, role };
}

/** A status as the commit stores it, written and accepted at `NOW` unless `fields` say otherwise. */
export function makeRecord(author: string, circles: string[], fields: Partial<StatusRecord> = {}): StatusRecord {
  return {
    id: uuidv7(),
    author,
    condition: 'ok',
    circles,
    writtenAt: NOW.toISOString(),
    acceptedAt: NOW.toISOString(),
    ...fields,
  };
}
