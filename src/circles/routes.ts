import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ALERT_LEVELS, Board, ChangeCircle, ChangeMember, Circle, CreateCircle } from '../contract/circles.ts';
import { Id } from '../contract/ids.ts';
import { LIST_DEFAULT } from '../contract/limits.ts';
import { Member, type Person } from '../contract/people.ts';
import { Position } from '../contract/position.ts';
import type { Limit } from '../http/limiter.ts';
import { LimitParam } from '../http/pagination.ts';
import type { Circles } from './circles.ts';

export interface CircleRoutesOptions {
  service: Circles;
  readPerson: (id: string) => Promise<Person>;
  limit: Limit;
}

const tags = ['circles'];
const CircleParams = Type.Object({ id: Id });
const MemberParams = Type.Object({ id: Id, person: Id });
const ChangedMember = Type.Object({
  ...Member.properties,
  alerts: Type.Optional(Type.Enum(ALERT_LEVELS)),
  footprints: Type.Optional(Type.Boolean()),
});
const FeedQuery = Type.Object(
  {
    after: Type.Optional(Position),
    limit: Type.Optional(LimitParam),
  },
  { additionalProperties: false },
);
/** Unlike `null`, which would be sent as JSON, nothing at all: a 304 that names a length names that of the 200 (RFC 9110, section 8.6). */
const NotChanged = Type.Unsafe<undefined>({ type: 'null', description: 'as the ETag says' });
/** Events are written once, by the fan-out, and passed on as they are: their shapes are `CircleEvent` in `contract/frames.ts`. */
const Feed = Type.Object({
  position: Position,
  events: Type.Array(Type.Object({ t: Type.String(), circle: Id, position: Position })),
});

/** `/v1/circles` without invites. */
export const circleRoutes: FastifyPluginAsyncTypebox<CircleRoutesOptions> = async (app, { service, readPerson, limit }) => {
  app.post(
    '/v1/circles',
    { config: { signIn: true }, schema: { tags, summary: 'Make a circle', body: CreateCircle, response: { 201: Circle } } },
    async ({ signedIn: { person }, body }, reply) => {
      await limit('createCircle', person);
      return reply.status(201).send(await service.create(await readPerson(person), body));
    },
  );

  app.get(
    '/v1/circles/:id',
    { config: { signIn: true }, schema: { tags, summary: 'A circle', params: CircleParams, response: { 200: Circle } } },
    async ({ signedIn: { person }, params }) => (await service.view(person, params.id)).circle,
  );

  app.patch(
    '/v1/circles/:id',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Change a circle (keepers)', params: CircleParams, body: ChangeCircle, response: { 200: Circle } },
    },
    async ({ signedIn: { person }, params, body }) => {
      await limit('write', person);
      return service.change(person, params.id, body);
    },
  );

  app.delete(
    '/v1/circles/:id',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Delete a circle (keepers)', params: CircleParams, response: { 204: Type.Null() } },
    },
    async ({ signedIn: { person }, params }, reply) => {
      await limit('write', person);
      await service.remove(person, params.id);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/circles/:id/board',
    {
      config: { signIn: true, shed: 'polling' },
      schema: {
        tags,
        summary: 'The newest status of each member',
        params: CircleParams,
        response: { 200: Board, 304: NotChanged },
      },
    },
    async ({ signedIn: { person }, params, headers }, reply) => {
      const board = await service.readBoard(person, params.id);
      // The position covers every change of a circle but one: a status grows old, and then a count moves.
      const { role, footprints } = board.circle;
      const etag = `W/"${board.position}-${role}-${footprints}-${Object.values(board.counts).join('.')}"`;
      void reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (headers['if-none-match'] === etag) return reply.status(304).send();
      return board;
    },
  );

  app.get(
    '/v1/circles/:id/feed',
    {
      config: { signIn: true, shed: 'polling' },
      schema: {
        tags,
        summary: 'Events after a position, oldest first',
        params: CircleParams,
        querystring: FeedQuery,
        response: { 200: Feed },
      },
    },
    async ({ signedIn: { person }, params, query }) => {
      const { position, events } = await service.readFeed(
        person,
        params.id,
        query.after ?? null,
        query.limit ? Number(query.limit) : LIST_DEFAULT,
      );
      return { position, events: events.map(({ frame }) => JSON.parse(frame)) };
    },
  );

  app.patch(
    '/v1/circles/:id/members/:person',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'Change the own face and alerts, or (keepers) a role',
        params: MemberParams,
        body: ChangeMember,
        response: { 200: ChangedMember },
      },
    },
    async ({ signedIn: { person }, params, body }) => {
      await limit('write', person);
      return service.changeMember(person, params.id, params.person, body);
    },
  );

  app.delete(
    '/v1/circles/:id/members/:person',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Leave, or (keepers) remove a member', params: MemberParams, response: { 204: Type.Null() } },
    },
    async ({ signedIn: { person }, params }, reply) => {
      await limit('write', person);
      await service.removeMember(person, params.id, params.person);
      return reply.status(204).send(null);
    },
  );
};
