import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { AcceptInvite, Circle, CreateInvite, Invite, InvitePreview, NewInvite } from '../contract/circles.ts';
import { Id, InviteToken } from '../contract/ids.ts';
import type { Person } from '../contract/people.ts';
import type { Limit } from '../http/limiter.ts';
import { Next, PageQuery, paginate } from '../http/pagination.ts';
import type { Invites } from './invites.ts';

export interface InviteRoutesOptions {
  invites: Invites;
  readPerson: (id: string) => Promise<Person>;
  /** Origin for links: PUBLIC_URL, else the one that the request came to. */
  originOf: (request: FastifyRequest) => string;
  limit: Limit;
}

const tags = ['invites'];
const CircleParams = Type.Object({ id: Id });
const TokenParams = Type.Object({ token: InviteToken });

/** Making, revoking, looking at and accepting invites. */
export const inviteRoutes: FastifyPluginAsyncTypebox<InviteRoutesOptions> = async (
  app,
  { invites, readPerson, originOf, limit },
) => {
  app.get(
    '/v1/circles/:id/invites',
    {
      config: { signIn: true, shed: 'invites' },
      schema: {
        tags,
        summary: 'Invites that still work, without their tokens',
        params: CircleParams,
        querystring: PageQuery,
        response: { 200: Type.Object({ invites: Type.Array(Invite), next: Next }) },
      },
    },
    async ({ signedIn: { person }, params, query }) => {
      const { page, next } = paginate(await invites.list(person, params.id), query);
      return { invites: page, next };
    },
  );

  app.post(
    '/v1/circles/:id/invites',
    {
      config: { signIn: true, shed: 'invites' },
      schema: { tags, summary: 'Make an invite', params: CircleParams, body: CreateInvite, response: { 201: NewInvite } },
    },
    async (request, reply) => {
      const { person } = request.signedIn;
      await limit('createInvite', person);
      return reply.status(201).send(await invites.create(person, request.params.id, request.body, originOf(request)));
    },
  );

  app.delete(
    '/v1/circles/:id/invites/:inviteId',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'Revoke an invite',
        params: Type.Object({ id: Id, inviteId: Id }),
        response: { 204: Type.Null() },
      },
    },
    async ({ signedIn: { person }, params }, reply) => {
      await limit('write', person);
      await invites.revoke(person, params.id, params.inviteId);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/v1/invites/:token',
    {
      config: { shed: 'invites' },
      schema: { tags, summary: 'What an invite leads to; takes no use', params: TokenParams, response: { 200: InvitePreview } },
    },
    async (request) => {
      await limit('inviteLookup', request.ip);
      return invites.preview(request.params.token);
    },
  );

  app.post(
    '/v1/invites/:token/accept',
    {
      config: { signIn: true, shed: 'invites' },
      schema: { tags, summary: 'Join by an invite', params: TokenParams, body: AcceptInvite, response: { 200: Circle } },
    },
    async ({ signedIn: { person }, params, body }) => {
      await limit('write', person);
      return invites.accept(await readPerson(person), params.token, body);
    },
  );
};
