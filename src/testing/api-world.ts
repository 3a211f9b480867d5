import { createCirclesService } from '../circles/circles.ts';
import { createForgetFootprints } from '../circles/footprints-job.ts';
import { inviteRoutes } from '../circles/invite-routes.ts';
import { createInvitesService } from '../circles/invites.ts';
import { circleRoutes } from '../circles/routes.ts';
import type { Rates } from '../config.ts';
import { RATES, type Sheddable } from '../contract/limits.ts';
import type { CreatePerson, Person } from '../contract/people.ts';
import { createAdmit } from '../http/admission.ts';
import { createApp } from '../http/app.ts';
import { createGuessLimiter, createLimiter } from '../http/limiter.ts';
import { sessionPlugin } from '../http/session.ts';
import { createAccounts } from '../people/accounts.ts';
import { erasePerson } from '../people/erase.ts';
import { createExport } from '../people/export.ts';
import { peopleRoutes } from '../people/routes.ts';
import { createTransferCodes } from '../people/transfer-codes.ts';
import { createLogger } from '../platform/logger.ts';
import { createAccept } from '../statuses/accept.ts';
import { createLeaveFootprints } from '../statuses/footprints.ts';
import { statusRoutes } from '../statuses/routes.ts';
import { createStatusesService } from '../statuses/statuses.ts';
import type { DeliveryNotice } from '../store/control-messages.ts';
import { openStoreWorld } from './store-world.ts';

export interface ApiOptions {
  publicUrl?: string | null;
  registration?: 'open' | 'invite';
  /** Points per minute of each rate; far more than a test needs unless said otherwise. */
  points?: number;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for, and says what it expects of it
  body: any;
}

/** Somebody signed in: their person, and calls with their token. */
export type ApiPerson = Awaited<ReturnType<ApiWorld['register']>>;
export type ApiWorld = Awaited<ReturnType<typeof openApiWorld>>;

/** The routes of the API over real stores, without a listener: what `roles/web.ts` wires, less pages and push. */
export async function openApiWorld(name: string, { publicUrl = null, registration = 'open', points = 1e6 }: ApiOptions = {}) {
  const world = openStoreWorld(name);
  const { stores, queues } = world;
  const lines: string[] = [];
  const log = createLogger('debug', { write: (line: string) => void lines.push(line) });
  const clock = { now: new Date() };
  const now = () => clock.now;
  const rates = Object.fromEntries(Object.keys(RATES).map((rate) => [rate, { points, seconds: 60 }])) as Rates;
  const limit = createLimiter(world.redis, world.keys.rate, rates, log);
  const limitGuesses = createGuessLimiter(world.redis, world.keys.rate, rates, log);
  const shed = new Set<Sheddable>();
  const pressure = { sheds: (kind: Sheddable) => shed.has(kind) };
  const announced: { person: string; session: string }[] = [];

  const circles = createCirclesService({ ...stores, forgetFootprints: createForgetFootprints(queues, log), now });
  const invites = createInvitesService({ ...stores, service: circles, now });
  const transferCodes = createTransferCodes({ ...stores, now });
  const accounts = createAccounts({
    ...stores,
    transferCodes,
    queues,
    joinByInvite: (person, token) => invites.accept(person, token),
    checkInvite: invites.check,
    devicesWithAlerts: async () => new Set<string>(),
    announceDevice: async (person, session) => void announced.push({ person, session }),
    erasePerson: (person) => erasePerson(person, { ...stores, now }),
    registration,
    log,
    now,
  });
  const told: DeliveryNotice[] = [];
  const tellAuthors = (notices: readonly DeliveryNotice[]) => void told.push(...notices);
  const statuses = createStatusesService({ ...stores, pressure, tellAuthors, queues, log });
  const leaveFootprints = createLeaveFootprints({ ...stores, tellAuthors, now });
  const metrics = { observeAccept: () => undefined, countAccepted: () => undefined };
  const accept = createAccept({ ...stores, rate: rates.status, observeCommit: () => undefined, queues, metrics, log, now });

  const app = await createApp({ log, trustProxy: false, publicUrl, observe: () => undefined });
  await app.register(sessionPlugin, { sessions: stores.sessions, publicUrl, now });
  const originOf = () => publicUrl ?? 'http://localhost';
  const readExport = createExport({ ...stores, accounts, now });
  const { sessions } = stores;
  const admit = createAdmit(pressure, () => undefined);
  await app.register(peopleRoutes, {
    accounts,
    transferCodes,
    readExport,
    originOf,
    limit,
    limitGuesses,
    admit,
    sessions,
    publicUrl,
    now,
  });
  await app.register(circleRoutes, { service: circles, readPerson: accounts.read, limit });
  await app.register(inviteRoutes, { invites, readPerson: accounts.read, originOf, limit });
  await app.register(statusRoutes, { accept, service: statuses, leaveFootprints, readPerson: accounts.read, limit });

  async function call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    const answer = await app.inject({ method, url, headers, ...(body !== undefined && { payload: body as object }) });
    const isJson = /json/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body };
  }

  return {
    ...world,
    app,
    call,
    clock,
    accounts,
    transferCodes,
    /** Joins as the routes do. */
    joinByInvite: (person: Person, token: string) => invites.accept(person, token),
    announced,
    /** Statuses whose authors are to hear that they have come further. */
    told,
    /** What is refused as by an overloaded service. */
    shed,
    /** Log lines of level debug and above, as written. */
    lines,

    /** A new person, and their calls. */
    async register(fields: Partial<CreatePerson> = {}) {
      const { status, body } = await call('POST', '/v1/people', { nickname: 'Hana', ...fields });
      if (status !== 201) throw new Error(`could not register: ${status} ${JSON.stringify(body)}`);
      const { person, token, recoveryCode, circles: joined } = body;
      return {
        id: person.id as string,
        token: token as string,
        recoveryCode: recoveryCode as string,
        joined: joined as { id: string }[],
        call: (method: Parameters<typeof call>[0], url: string, sent?: unknown, headers: Record<string, string> = {}) =>
          call(method, url, sent, { authorization: `Bearer ${token}`, ...headers }),
      };
    },

    /** Brings to its circles what waits in the outbox, as the fan-out does. */
    async fanOut(): Promise<void> {
      for (const batch of await world.listWaiting()) {
        for (const record of await stores.statuses.readMany(batch.ids)) {
          if (!record || record.retracted) continue;
          for (const circle of record.circles) await stores.publishing.publish(circle, [record], clock.now);
        }
        await stores.outbox.finish(0, [batch.id]);
      }
    },

    /** Does the chore that erasing leaves. */
    erase: (person: string) => erasePerson(person, { ...stores, now }),

    async close(): Promise<void> {
      await app.close();
      await world.close();
    },
  };
}
