import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Circle } from '../contract/circles.ts';
import { Export } from '../contract/export.ts';
import { Id } from '../contract/ids.ts';
import { ChangePerson, CreatePerson, CreateSession, Device, NewTransferCode, Person, RecoveryCode } from '../contract/people.ts';
import type { Admit } from '../http/admission.ts';
import { describeDevice } from '../http/device-name.ts';
import type { Limit, LimitGuesses } from '../http/limiter.ts';
import { Next, PageQuery, paginate } from '../http/pagination.ts';
import { clearSessionCookie, endReplacedSession, type SessionOptions, setSessionCookie } from '../http/session.ts';
import type { Accounts, SignInAnswer } from './accounts.ts';
import type { ReadExport } from './export.ts';
import type { TransferCodes } from './transfer-codes.ts';

export interface PeopleRoutesOptions extends SessionOptions {
  accounts: Accounts;
  transferCodes: TransferCodes;
  readExport: ReadExport;
  /** Origin of the pages as the asking phone sees it. */
  originOf: (request: FastifyRequest) => string;
  limit: Limit;
  limitGuesses: LimitGuesses;
  admit: Admit;
}

const Registered = Type.Object({
  person: Person,
  token: Type.String(),
  recoveryCode: Type.String(),
  circles: Type.Array(Circle),
});
const SignIn = Type.Object({
  ...Registered.properties,
  recoveryCode: Type.Union([Type.String(), Type.Null()], { description: 'null by transfer code: the one kept so far holds' }),
});
const Me = Type.Object({ person: Person, circles: Type.Array(Circle), devices: Type.Array(Device) });
const tags = ['people'];

/** `/v1/people`, `/v1/me`, `/v1/sessions`, `/v1/transfer-codes`. */
export const peopleRoutes: FastifyPluginAsyncTypebox<PeopleRoutesOptions> = async (app, options) => {
  const { accounts, transferCodes, readExport, originOf, limit, limitGuesses, admit, publicUrl } = options;

  async function signedIn(request: FastifyRequest, reply: FastifyReply, answer: SignInAnswer) {
    await endReplacedSession(request, answer.person.id, options);
    setSessionCookie(reply, answer.token, publicUrl);
    return reply.status(201).send(answer);
  }

  async function me(person: string, session: string) {
    const [profile, circles, devices] = await Promise.all([
      accounts.read(person),
      accounts.listCircles(person),
      accounts.listDevices(person, session),
    ]);
    return { person: profile, circles, devices };
  }

  app.post(
    '/v1/people',
    { schema: { tags, summary: 'Make a person, and join by an invite', body: CreatePerson, response: { 201: Registered } } },
    async (request, reply) => {
      // It joins as well. Refused here, nobody is made yet: the same request may come again.
      if (request.body.invite) admit('invites');
      await limit('createPerson', request.ip);
      return signedIn(request, reply, await accounts.register(request.body, describeDevice(request.headers['user-agent'])));
    },
  );

  app.get(
    '/v1/me',
    { config: { signIn: true }, schema: { tags, summary: 'Own profile, circles and devices', response: { 200: Me } } },
    async ({ signedIn: { person, session } }) => me(person, session),
  );

  app.patch(
    '/v1/me',
    { config: { signIn: true }, schema: { tags, summary: 'Change the own profile', body: ChangePerson, response: { 200: Me } } },
    async ({ signedIn: { person, session }, body }) => {
      await limit('write', person);
      await accounts.change(person, body);
      return me(person, session);
    },
  );

  app.get(
    '/v1/me/export',
    {
      config: { signIn: true, shed: 'history' },
      schema: {
        tags,
        summary: 'All own data, as a file to keep',
        description:
          'Left out: secrets (of sessions, codes and push), which statuses of others this person was alerted of, and what is kept ' +
          'for a moment only (rates, a page that is open, news on its way).',
        response: { 200: Export },
      },
    },
    async ({ signedIn: { person, session } }, reply) => {
      await limit('export', person);
      const data = await readExport(person, session);
      const name = `buji-${data.exportedAt.slice(0, 10)}.json`;
      return reply.header('content-disposition', `attachment; filename="${name}"`).send(data);
    },
  );

  app.post(
    '/v1/me/recovery-code',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'Another recovery code',
        description:
          'The one before works until this one is used, or was said to be kept: an answer that is lost locks nobody out.',
        response: { 201: Type.Object({ recoveryCode: Type.String() }) },
      },
    },
    async ({ signedIn: { person } }, reply) => {
      await limit('write', person);
      return reply.status(201).send({ recoveryCode: await accounts.renewRecoveryCode(person) });
    },
  );

  app.post(
    '/v1/me/recovery-code/kept',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'The newest recovery code is kept: the one before ends',
        body: Type.Object({ recoveryCode: RecoveryCode }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async ({ signedIn: { person }, body }, reply) => {
      await limit('write', person);
      await accounts.keepRecoveryCode(person, body.recoveryCode);
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/v1/me',
    { config: { signIn: true }, schema: { tags, summary: 'Erase the own account', response: { 204: Type.Null() } } },
    async ({ signedIn: { person } }, reply) => {
      await accounts.erase(person);
      clearSessionCookie(reply, publicUrl);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/v1/sessions',
    { schema: { tags, summary: 'Sign this device in by a code', body: CreateSession, response: { 201: SignIn } } },
    async (request, reply) => {
      const device = describeDevice(request.headers['user-agent']);
      const answer = await limitGuesses(request.ip, () => accounts.signIn(request.body, device));
      return signedIn(request, reply, answer);
    },
  );

  app.post(
    '/v1/transfer-codes',
    {
      config: { signIn: true, shed: 'invites' },
      schema: { tags, summary: 'Make a code that carries this sign-in to another browser', response: { 201: NewTransferCode } },
    },
    async (request, reply) => {
      const { signedIn } = request;
      await limit('transferCode', signedIn.person);
      return reply.status(201).send(await transferCodes.make(signedIn, originOf(request)));
    },
  );

  app.get(
    '/v1/sessions',
    {
      config: { signIn: true },
      schema: {
        tags,
        summary: 'Own devices',
        querystring: PageQuery,
        response: { 200: Type.Object({ sessions: Type.Array(Device), next: Next }) },
      },
    },
    async ({ signedIn: { person, session }, query }) => {
      const { page, next } = paginate(await accounts.listDevices(person, session), query);
      return { sessions: page, next };
    },
  );

  app.delete(
    '/v1/sessions/:id',
    {
      config: { signIn: true },
      schema: { tags, summary: 'Sign a device out', params: Type.Object({ id: Id }), response: { 204: Type.Null() } },
    },
    async ({ signedIn: { person, session }, params }, reply) => {
      await accounts.signOut(person, params.id);
      if (params.id === session) clearSessionCookie(reply, publicUrl);
      return reply.status(204).send(null);
    },
  );
};
