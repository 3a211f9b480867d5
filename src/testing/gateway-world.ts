import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import type { Member } from '../contract/people.ts';
import { isOwnOrigin } from '../http/own-origin.ts';
import { createGateway, type Gateway, type GatewayDeps } from '../live/gateway.ts';
import type { LiveData } from '../live/live-data.ts';
import type { LiveLimits } from '../live/live-limits.ts';
import { redisOptionsFromUrl } from '../platform/redis-url.ts';
import { defineScript } from '../platform/script.ts';
import { createBoards } from '../store/boards.ts';
import { createEmitArguments } from '../store/circle-events.ts';
import { createCircles } from '../store/circles.ts';
import { createFeeds } from '../store/feeds.ts';
import { createInvites } from '../store/invites.ts';
import { createKeys } from '../store/keys.ts';
import emitLua from '../store/lua/emit.lua?raw';
import { createMembers } from '../store/members.ts';
import { createPresence } from '../store/presence.ts';
import { createSessions } from '../store/sessions.ts';
import { LiveClient } from './gateway-client.ts';

/** What the tests of the gateway share: people and circles in a real Redis, gateways on port 0, and clients by `ws`. */

/** Publishes an event as every script of the store does. */
const emitScript = defineScript(
  emitLua,
  'return emit(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8])',
);

export interface Somebody {
  id: string;
  token: string;
  session: string;
}

export interface RunningGateway {
  gateway: Gateway;
  port: number;
  subscriber: Redis;
  /** Server sides of the sockets, in the order in which they came. */
  sockets: Duplex[];
  counted: { slow: number; sockets: number; frames: number; deliveries: number[] };
}

export interface GatewayOptions {
  limits?: Partial<LiveLimits>;
  /** Wraps what the gateway reads, to hold it at a certain moment. */
  data?: (real: LiveData) => LiveData;
  lagSeconds?: () => Promise<number>;
  authenticate?: GatewayDeps['authenticate'];
  /** How long the subscriber connection stays away once it is lost; null: until `reconnect`. */
  reconnectMs?: number | null;
  redisUrl?: string;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(redisUrl: string) {
  const redis = new Redis(redisOptionsFromUrl(redisUrl));
  const prefix = `live-${uuidv7()}:`;
  const keys = createKeys(prefix);
  const log = pino({ level: 'silent' });
  let runId = 'a'.repeat(40);
  const emitArguments = createEmitArguments(keys, async () => runId);
  const members = createMembers(redis, keys, emitArguments);
  const circles = createCircles(redis, keys, emitArguments);
  const sessions = createSessions(redis, keys);
  const boards = createBoards(redis, keys);
  const feeds = createFeeds(redis, keys);
  const invites = createInvites(redis, keys);
  const closers: (() => unknown)[] = [];

  const data: LiveData = {
    listCircles: (person) => circles.listPositions(person),
    readBoard: (person, circle) => boards.read(circle, person, new Date()),
    readFeed: (circle, from, person) => feeds.read(circle, person, from, 2_000),
    membersAmong: (circle, people) => members.among(circle, people),
    setVisible: createPresence(redis, keys).setVisible,
    leaveFootprints: async () => undefined,
    readDelivery: async () => null,
    liveSessions: (list) => sessions.stillValid(list),
  };
  const toMember = (id: string, role: Member['role']): Member => ({
    id,
    nickname: id.slice(-4),
    avatar: { emoji: '🐶', colour: 'red' },
    role,
  });

  const keepers = new Map<string, string>();
  const authenticate: GatewayDeps['authenticate'] = async ({ headers }) => {
    if (headers.origin && !isOwnOrigin(headers, null)) return 'foreign-origin';
    const found = await sessions.find(headers.authorization?.replace('Bearer ', '') ?? '', new Date());
    return found ? { person: found.session.person, session: found.session.id } : 'not-signed-in';
  };

  return {
    redis,
    keys,
    members,
    circles,
    sessions,
    data,

    async person(): Promise<Somebody> {
      const id = uuidv7();
      const { token, session } = await sessions.create(id, 'test', new Date());
      return { id, token, session: session.id };
    },

    /** A circle of these people; the first keeps it. */
    async circle(first: Somebody, ...others: Somebody[]): Promise<string> {
      const id = uuidv7();
      await circles.create({ id, name: 'circle', kind: 'friends', member: toMember(first.id, 'keeper'), now: new Date() });
      keepers.set(id, first.id);
      for (const other of others) await this.join(id, other);
      return id;
    },

    async join(circle: string, somebody: Somebody): Promise<void> {
      const now = new Date();
      const invite = uuidv7();
      const expiresAt = new Date(now.getTime() + 60_000).toISOString();
      const createdAt = now.toISOString();
      const createdBy = keepers.get(circle) ?? '';
      await invites.create(circle, { id: invite, createdBy, createdAt, expiresAt, maxUses: 1, uses: 0 }, uuidv7(), now);
      const outcome = await members.join({
        circle,
        kind: 'friends',
        invite,
        member: toMember(somebody.id, 'member'),
        most: 2_000,
        now,
      });
      if (outcome !== 'joined') throw new Error(outcome);
      await redis.del(keys.circle.invites(circle));
    },

    leave: (circle: string, somebody: Somebody) => members.remove(circle, somebody.id, 'leave'),

    /** Events that stand for statuses, `count` of them, all in flight at once. @returns their positions */
    async publish(circle: string, count = 1, note = 'safe'): Promise<string[]> {
      const args = await emitArguments(circle);
      return Promise.all(
        Array.from({ length: count }, () => {
          const id = uuidv7();
          const status = JSON.stringify({ id, author: { id: 'author' }, note, acceptedAt: new Date().toISOString() });
          return emitScript.run(
            redis,
            [keys.circle.info(circle), keys.circle.feed(circle)],
            [...args, `status ${id}`, 'status', `"status":${status}`],
          ) as Promise<string>;
        }),
      );
    },

    /** As if Redis had been restarted: the next event of each circle begins a new epoch. */
    changeRunId(): void {
      runId = uuidv7().replaceAll('-', '').padEnd(40, 'b');
    },

    async start(options: GatewayOptions = {}): Promise<RunningGateway> {
      const subscriber = new Redis({
        ...redisOptionsFromUrl(options.redisUrl ?? redisUrl),
        maxRetriesPerRequest: null,
        retryStrategy: () => (options.reconnectMs === undefined ? 20 : options.reconnectMs),
      });
      subscriber.on('error', () => undefined);
      const counted: RunningGateway['counted'] = { slow: 0, sockets: 0, frames: 0, deliveries: [] };
      const gateway = createGateway({
        ...(options.data?.(data) ?? data),
        authenticate: options.authenticate ?? authenticate,
        subscriber,
        keys,
        lagSeconds: options.lagSeconds ?? (async () => 0),
        metrics: {
          observeDelivery: (seconds) => void counted.deliveries.push(seconds),
          socketOpened() {
            counted.sockets += 1;
          },
          socketClosed() {
            counted.sockets -= 1;
          },
          countSent(frames) {
            counted.frames += frames;
          },
          slowSocketClosed() {
            counted.slow += 1;
          },
        },
        log,
        now: Date.now,
        limits: { closeSpreadMs: 20, closeGraceMs: 500, ...options.limits },
      });
      const server: Server = createServer((_, response) => response.writeHead(404).end());
      const sockets: Duplex[] = [];
      server.on('upgrade', (request, socket, head) => {
        sockets.push(socket);
        gateway.handleUpgrade(request, socket, head);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(async () => {
        await gateway.close();
        subscriber.disconnect();
        server.close();
        server.closeAllConnections();
      });
      return { gateway, port: (server.address() as AddressInfo).port, subscriber, sockets, counted };
    },

    /** Connects without a word; see `LiveClient`. */
    connect({ port }: { port: number }, somebody: Pick<Somebody, 'token'>): LiveClient {
      const client = new LiveClient(port, { authorization: `Bearer ${somebody.token}` });
      closers.push(() => client.ws.terminate());
      return client;
    },

    /** Connects, syncs from these positions (none: boards) and waits until it is synced. */
    async follow(running: { port: number }, somebody: Somebody, positions: Record<string, string> = {}): Promise<LiveClient> {
      const client = this.connect(running, somebody);
      await client.sync(positions);
      return client;
    },

    /** Cuts the subscriber connection as an operator or a full buffer would; it comes back as `reconnectMs` says. */
    async killSubscriber({ subscriber }: RunningGateway): Promise<void> {
      const id = await subscriber.client('ID');
      const lost = once(subscriber, 'close');
      await redis.client('KILL', 'ID', id);
      await lost;
    },

    /** Brings a lost subscriber connection back, and resolves when it is. */
    reconnect: ({ subscriber }: RunningGateway) => subscriber.connect(),

    async close(): Promise<void> {
      for (const close of closers.reverse()) await close();
      const found = await redis.keys(`${prefix}*`);
      if (found.length > 0) await redis.unlink(...found);
      redis.disconnect();
    },
  };
}
