import { ECDH } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import { PushSubscription, Reached } from '../contract/push.ts';
import type { Admit } from '../http/admission.ts';
import type { Limit } from '../http/limiter.ts';
import '../http/session.ts';
import { isTimeZone } from '../i18n/clock.ts';
import { type PushJob, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import type { DeliveryNotice } from '../store/control-messages.ts';
import type { PushSubscriptionStore } from '../store/push-subscriptions.ts';
import type { ReachedStore } from '../store/reached.ts';
import type { AllowList } from './providers.ts';

export interface PushRoutesOptions {
  subscriptions: PushSubscriptionStore;
  queues: QueueSet;
  vapidPublicKey: string;
  allowList: AllowList;
  /** The origin that the browser sees us at: a tap on an alert leads there. */
  originOf: (request: FastifyRequest) => string;
  limit: Limit;
  admit: Admit;
  reached: ReachedStore;
  /** Lets authors know that their statuses have come further. */
  tellAuthors: (notices: readonly DeliveryNotice[]) => void;
}

const tags = ['push'];
const Empty = Type.Null();

/** Turning alerts on and off for the device that asks. */
export const pushRoutes: FastifyPluginAsyncTypebox<PushRoutesOptions> = async (app, options) => {
  const { subscriptions, queues, vapidPublicKey, allowList, originOf, limit, admit, reached, tellAuthors } = options;

  app.get(
    '/v1/push/key',
    {
      schema: {
        tags,
        summary: 'The key to subscribe for',
        response: { 200: Type.Object({ publicKey: Type.String({ description: 'applicationServerKey, base64url' }) }) },
      },
    },
    async () => ({ publicKey: vapidPublicKey }),
  );

  app.put(
    '/v1/push/subscription',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Turn alerts on for this device', body: PushSubscription, response: { 204: Empty } },
    },
    async (request, reply) => {
      const { person, session } = request.signedIn;
      await limit('write', person);
      const { endpoint, keys, timeZone } = request.body;
      const destination = allowList.find(endpoint);
      if (!destination) throw new AppError('push-host-not-allowed');
      if (!isPoint(keys.p256dh)) {
        throw new AppError('invalid-request', { errors: [{ field: 'keys.p256dh', message: 'must be a point on P-256' }] });
      }
      const isStored = await subscriptions.put(person, session, {
        endpoint,
        keys: { p256dh: keys.p256dh, auth: keys.auth },
        // A zone that is not known here is no reason to refuse alerts; the person's country is the next best.
        ...(timeZone !== undefined && isTimeZone(timeZone) && { timeZone }),
        provider: destination.provider,
        origin: originOf(request),
      });
      if (!isStored) throw new AppError('not-signed-in');
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/v1/push/subscription',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Turn alerts off for this device', response: { 204: Empty } },
    },
    async (request, reply) => {
      const { person, session } = request.signedIn;
      await limit('write', person);
      await subscriptions.remove(person, session);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/v1/push/test',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Send a test alert to this device', response: { 202: Empty } },
    },
    async (request, reply) => {
      const { person, session } = request.signedIn;
      await limit('testAlert', person);
      const subscription = await subscriptions.get(person, session);
      if (!subscription) throw new AppError('no-push-subscription');
      const job: PushJob = { kind: 'test', person, session, circle: null, statuses: [] };
      await queues.get<PushJob>(QUEUES.push(subscription.provider)).add('test', job, { jobId: `test-${uuidv7()}` });
      return reply.code(202).send(null);
    },
  );

  app.post(
    '/v1/push/reached',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'An alert has arrived on this device (its service worker says so)',
        description: 'Statuses that this device was not alerted of change nothing, and are answered the same.',
        body: Reached,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { person, session } = request.signedIn;
      const alerts = await reached.findAlerts(person, session, request.body.ids);
      const calls = new Set(alerts.filter(({ isHelp }) => isHelp).map(({ status }) => status));
      // Whoever called for help looks for this; all the others can do without it while many post.
      if (calls.size > 0) await limit('reachedHelp', session);
      else {
        await limit('reached', session);
        admit('footprints');
      }
      const statuses = alerts.map(({ status }) => status);
      const fresh = await reached.record(person, statuses);
      tellAuthors(fresh.map((notice) => ({ ...notice, isHelp: calls.has(notice.status) })));
      return reply.code(204).send(null);
    },
  );
};

/** Keys that are none would fail at every send. */
function isPoint(key: string): boolean {
  try {
    ECDH.convertKey(key, 'prime256v1', 'base64url');
    return true;
  } catch {
    return false;
  }
}
