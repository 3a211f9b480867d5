import type { FastifyRequest } from 'fastify';
import { readAssets } from '../app/assets.ts';
import { pages } from '../app/pages.tsx';
import { createCirclesService } from '../circles/circles.ts';
import { createForgetFootprints } from '../circles/footprints-job.ts';
import { inviteRoutes } from '../circles/invite-routes.ts';
import { createInvitesService } from '../circles/invites.ts';
import { circleRoutes } from '../circles/routes.ts';
import { createAdmit } from '../http/admission.ts';
import type { App } from '../http/app.ts';
import { createGuessLimiter, createLimiter } from '../http/limiter.ts';
import { toRefusal } from '../http/problem.ts';
import { createAccounts } from '../people/accounts.ts';
import { erasePerson } from '../people/erase.ts';
import { createExport } from '../people/export.ts';
import { peopleRoutes } from '../people/routes.ts';
import { createTransferCodes } from '../people/transfer-codes.ts';
import { type PushJob, QUEUES } from '../platform/jobs.ts';
import { createQueues } from '../platform/queues.ts';
import { createAllowList } from '../push/providers.ts';
import { pushRoutes } from '../push/routes.ts';
import { createAccept } from '../statuses/accept.ts';
import { createLeaveFootprints } from '../statuses/footprints.ts';
import { statusRoutes } from '../statuses/routes.ts';
import { createStatusesService } from '../statuses/statuses.ts';
import { createPosting } from '../store/posting.ts';
import { createStatuses } from '../store/statuses.ts';
import { createStores } from '../store/stores.ts';
import type { Context } from './context.ts';
import { createPageBackend } from './page-backend.ts';

/** The role `web`: the HTTP API and the pages. Nothing here walks over recipients. */
export async function startWeb(app: App, context: Context): Promise<void> {
  const { config, log, metrics, connections, keys, vapid, pressure, tellAuthors, shutdown, now } = context;
  const { publicUrl, queueShards: shards, statusTtlSeconds } = config;
  const redis = connections.open('commands');
  const stores = createStores({ redis, keys, runId: connections.runId, shards, statusTtlSeconds });
  // Posting has connections to itself, so that no board that is being read stands before it. A commit is one large command that
  // nothing can be pipelined with: `producer`, for with auto-pipelining it would wait for the answers to what went before.
  const posting = createPosting(connections.open('commands'), keys, { ttlSeconds: statusTtlSeconds });
  const commits = createStatuses(connections.open('producer'), keys, { shards, ttlSeconds: statusTtlSeconds });
  const queues = createQueues(connections.open('producer'), keys.queue, log);
  shutdown.add('queues', () => queues.close());

  const limit = createLimiter(redis, keys.rate, config.rates, log);
  const limitGuesses = createGuessLimiter(redis, keys.rate, config.rates, log);
  const admit = createAdmit(pressure, metrics.countShed);
  const originOf = (request: FastifyRequest) => publicUrl ?? `${request.protocol}://${request.host}`;
  const circles = createCirclesService({ ...stores, forgetFootprints: createForgetFootprints(queues, log), now });
  const invites = createInvitesService({ ...stores, service: circles, now });
  const transferCodes = createTransferCodes({ ...stores, now });
  const accounts = createAccounts({
    ...stores,
    transferCodes,
    queues,
    joinByInvite: (person, token) => invites.accept(person, token),
    checkInvite: invites.check,
    devicesWithAlerts: async (person) => new Set((await stores.pushSubscriptions.list(person)).map(({ session }) => session)),
    announceDevice,
    erasePerson: (person) => erasePerson(person, { ...stores, now }),
    registration: config.registration,
    log,
    now,
  });
  const leaveFootprints = createLeaveFootprints({ ...stores, tellAuthors, now });
  const statuses = createStatusesService({ ...stores, pressure, tellAuthors, queues, log });
  const accept = createAccept({
    statuses: commits,
    posting,
    rate: config.rates.status,
    observeCommit: pressure.observeCommit,
    queues,
    metrics,
    log,
    now,
  });

  await app.register(peopleRoutes, {
    accounts,
    transferCodes,
    readExport: createExport({ ...stores, accounts, now }),
    originOf,
    limit,
    limitGuesses,
    admit,
    sessions: stores.sessions,
    publicUrl,
    now,
  });
  await app.register(circleRoutes, { service: circles, readPerson: accounts.read, limit });
  await app.register(inviteRoutes, { invites, readPerson: accounts.read, originOf, limit });
  await app.register(statusRoutes, { accept, service: statuses, leaveFootprints, readPerson: accounts.read, limit });
  await app.register(pushRoutes, {
    subscriptions: stores.pushSubscriptions,
    queues,
    vapidPublicKey: vapid.publicKey,
    allowList: createAllowList(config.pushAllowedHosts),
    originOf,
    limit,
    admit,
    reached: stores.reached,
    tellAuthors,
  });
  await app.register(pages, {
    backend: createPageBackend({
      accounts,
      transferCodes,
      circles,
      invites,
      statuses,
      accept,
      limit,
      limitGuesses,
      admit,
      originOf,
      sessions: stores.sessions,
      publicUrl,
      now,
    }),
    publicOrigin: publicUrl,
    assets: readAssets(),
    explain: toRefusal,
  });

  /** One alert for each other device of the person so that a sign-in by a stranger is noticed. */
  async function announceDevice(person: string, session: string): Promise<void> {
    const others = (await stores.pushSubscriptions.list(person)).filter((device) => device.session !== session);
    await Promise.all(
      others.map((device) =>
        queues
          .get<PushJob>(QUEUES.push(device.provider))
          .add(
            'device',
            { kind: 'device', person, session: device.session, circle: null, statuses: [], device: session },
            { jobId: `device-${session}-${device.session}` },
          ),
      ),
    );
  }
}
