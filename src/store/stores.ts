import type { Redis } from 'ioredis';
import { createAttempts } from './attempts.ts';
import { createBoards } from './boards.ts';
import { createEmitArguments } from './circle-events.ts';
import { createCircles } from './circles.ts';
import { createDueAlerts } from './due-alerts.ts';
import { createFeeds } from './feeds.ts';
import { createFootprintTraces } from './footprint-traces.ts';
import { createFootprints } from './footprints.ts';
import { createHistories } from './histories.ts';
import { createInvites } from './invites.ts';
import type { Keys } from './keys.ts';
import { createMembers } from './members.ts';
import { createOutbox } from './outbox.ts';
import { createPeople } from './people.ts';
import { createPosting } from './posting.ts';
import { createPublishing } from './publishing.ts';
import { createPushSubscriptions } from './push-subscriptions.ts';
import { createReached } from './reached.ts';
import { createSessions } from './sessions.ts';
import { createStatuses } from './statuses.ts';
import { createTransfers } from './transfers.ts';

export interface StoresOptions {
  redis: Redis;
  keys: Keys;
  runId: () => Promise<string>;
  shards: number;
  statusTtlSeconds: number;
}
export type Stores = ReturnType<typeof createStores>;

/** All stores over one connection: fail-fast for requests, patient for workers. */
export function createStores({ redis, keys, runId, shards, statusTtlSeconds }: StoresOptions) {
  const emitArguments = createEmitArguments(keys, runId);
  return {
    attempts: createAttempts(redis, keys),
    boards: createBoards(redis, keys),
    circles: createCircles(redis, keys, emitArguments),
    dueAlerts: createDueAlerts(redis, keys, { shards }),
    feeds: createFeeds(redis, keys),
    footprints: createFootprints(redis, keys, { statusTtlSeconds }),
    footprintTraces: createFootprintTraces(redis, keys),
    histories: createHistories(redis, keys),
    invites: createInvites(redis, keys),
    members: createMembers(redis, keys, emitArguments),
    outbox: createOutbox(redis, keys),
    people: createPeople(redis, keys),
    posting: createPosting(redis, keys, { ttlSeconds: statusTtlSeconds }),
    publishing: createPublishing(redis, keys, emitArguments, { statusTtlSeconds }),
    pushSubscriptions: createPushSubscriptions(redis, keys),
    reached: createReached(redis, keys, { shards }),
    sessions: createSessions(redis, keys),
    statuses: createStatuses(redis, keys, { shards, ttlSeconds: statusTtlSeconds }),
    transfers: createTransfers(redis, keys),
  };
}
