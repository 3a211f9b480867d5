import { setFlagsFromString } from 'node:v8';
import { FEED_EVENTS_MAX } from '../contract/limits.ts';
import { createAdmit } from '../http/admission.ts';
import type { App } from '../http/app.ts';
import { createLimiter } from '../http/limiter.ts';
import { authenticateUpgrade } from '../http/session.ts';
import { createGateway } from '../live/gateway.ts';
import { liveRoutes } from '../live/routes.ts';
import { createDeliveryReader } from '../statuses/delivery.ts';
import { createLeaveFootprints } from '../statuses/footprints.ts';
import { createPresence } from '../store/presence.ts';
import { createStores } from '../store/stores.ts';
import type { Context } from './context.ts';

/** A feed is trimmed roughly: it may hold a little more than its limit, and a catch-up takes all of it. */
const WHOLE_FEED = FEED_EVENTS_MAX * 2;

/**
 * How much garbage V8 lets pile up beside what lives, before it collects it (percent). By itself it takes several times of what
 * lives, and an idle process never gives it back: measured, two thirds of the memory of 10,000 sockets were what their
 * connecting had left behind. With this the same sockets need less than half, for more processor time while they connect.
 * It holds for the whole process, so for `web` and `worker` too where one process has all roles.
 */
const GARBAGE_PERCENT = 30;

/** The role `live`: the WebSocket gateway. It consumes no queue; losing it loses no status. */
export async function startLive(
  app: App,
  { config, log, metrics, connections, keys, pressure, tellAuthors, shutdown, now }: Context,
): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
  const { publicUrl, queueShards: shards, rates, statusTtlSeconds } = config;
  const redis = connections.open('commands');
  const stores = createStores({ redis, keys, runId: connections.runId, shards, statusTtlSeconds });
  const { boards, circles, feeds, members, outbox, sessions } = stores;
  const limit = createLimiter(redis, keys.rate, rates, log);
  const admit = createAdmit(pressure, metrics.countShed);
  const leaveFootprints = createLeaveFootprints({ ...stores, tellAuthors, now });

  await app.register(liveRoutes);
  const gateway = createGateway({
    authenticate: (request) => authenticateUpgrade(request, (header) => app.parseCookie(header), { sessions, publicUrl, now }),
    subscriber: connections.open('subscriber'),
    keys,
    listCircles: circles.listPositions,
    readBoard: (person, circle) => boards.read(circle, person, now()),
    readFeed: (circle, fromPosition, person) => feeds.read(circle, person, fromPosition, WHOLE_FEED),
    membersAmong: members.among,
    async leaveFootprints(person, circle, statuses) {
      admit('footprints');
      await limit('footprints', person);
      await leaveFootprints(person, circle, statuses);
    },
    readDelivery: createDeliveryReader({ ...stores, pressure }).readOwn,
    setVisible: createPresence(redis, keys).setVisible,
    liveSessions: sessions.stillValid,
    lagSeconds: () => outbox.oldestAgeSeconds(shards),
    metrics,
    log,
    now: () => now().getTime(),
    limits: { frames: rates.liveFrames, connects: rates.liveConnect },
  });
  app.server.on('upgrade', gateway.handleUpgrade);
  shutdown.add('live gateway', gateway.close);
}
