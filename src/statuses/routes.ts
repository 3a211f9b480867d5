import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Id } from '../contract/ids.ts';
import { OnBehalf, type Person } from '../contract/people.ts';
import { LeaveFootprints, OwnStatus, PostStatus, Receipt, SeenStatus } from '../contract/statuses.ts';
import type { Limit } from '../http/limiter.ts';
import { Next, PageQuery, paginate } from '../http/pagination.ts';
import type { Accept } from './accept.ts';
import type { Statuses } from './statuses.ts';

export interface StatusRoutesOptions {
  accept: Accept;
  service: Statuses;
  leaveFootprints: (person: string, circle: string, ids: string[]) => Promise<void>;
  readPerson: (id: string) => Promise<Person>;
  limit: Limit;
}

const tags = ['statuses'];
const StatusParams = Type.Object({ id: Id });

/** `/v1/statuses`, and what a circle was shown of one member. */
export const statusRoutes: FastifyPluginAsyncTypebox<StatusRoutesOptions> = async (
  app,
  { accept, service, leaveFootprints, readPerson, limit },
) => {
  app.post(
    '/v1/statuses',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'Post a status; harmless to repeat with the same id',
        description: '202 only once it is stored on disk. 503: not confirmed, send again with the same id.',
        headers: OnBehalf,
        body: PostStatus,
        response: { 202: Receipt },
      },
    },
    async ({ signedIn: { person }, body }, reply) => {
      return reply.status(202).send(await accept(person, body));
    },
  );

  app.get(
    '/v1/statuses/:id',
    { config: { signIn: true }, schema: { tags, summary: 'One status', params: StatusParams, response: { 200: OwnStatus } } },
    async ({ signedIn: { person }, params }) => service.read(person, params.id, readPerson),
  );

  app.delete(
    '/v1/statuses/:id',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'Retract an own status, also one that has not arrived yet',
        params: StatusParams,
        headers: OnBehalf,
        response: { 204: Type.Null() },
      },
    },
    async ({ signedIn: { person }, params }, reply) => {
      await limit('write', person);
      await service.retract(person, params.id);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/circles/:id/members/:person/statuses',
    {
      config: { signIn: true, shed: 'history' },
      schema: {
        tags,
        summary: 'What a circle was shown of a member since the reader joined',
        params: Type.Object({ id: Id, person: Id }),
        querystring: PageQuery,
        response: { 200: Type.Object({ statuses: Type.Array(SeenStatus), next: Next }) },
      },
    },
    async ({ signedIn: { person }, params, query }) => {
      const { page, next } = paginate(await service.listOfMember(person, params.id, params.person), query);
      return { statuses: page, next };
    },
  );

  app.post(
    '/v1/circles/:id/footprints',
    {
      config: { signIn: true, shed: 'footprints' },
      schema: {
        tags,
        summary: 'These statuses of the circle were before the eyes of this person',
        description: 'Ids that are not of this circle change nothing, and are answered the same.',
        params: StatusParams,
        body: LeaveFootprints,
        response: { 204: Type.Null() },
      },
    },
    async ({ signedIn: { person }, params, body }, reply) => {
      await limit('footprints', person);
      await leaveFootprints(person, params.id, body.statuses);
      return reply.status(204).send(null);
    },
  );
};
