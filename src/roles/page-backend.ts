import type { FastifyRequest } from 'fastify';
import type { PageBackend } from '../app/page-backend.ts';
import type { Circles } from '../circles/circles.ts';
import type { Invites } from '../circles/invites.ts';
import type { Admit } from '../http/admission.ts';
import { describeDevice } from '../http/device-name.ts';
import type { Limit, LimitGuesses } from '../http/limiter.ts';
import { clearSessionCookie, endReplacedSession, findSignedIn, setSessionCookie } from '../http/session.ts';
import type { Accounts } from '../people/accounts.ts';
import type { TransferCodes } from '../people/transfer-codes.ts';
import type { Accept } from '../statuses/accept.ts';
import type { Statuses } from '../statuses/statuses.ts';
import type { SessionStore } from '../store/sessions.ts';

export interface PageBackendOptions {
  accounts: Accounts;
  transferCodes: TransferCodes;
  circles: Circles;
  invites: Invites;
  statuses: Statuses;
  accept: Accept;
  limit: Limit;
  limitGuesses: LimitGuesses;
  admit: Admit;
  originOf: (request: FastifyRequest) => string;
  sessions: SessionStore;
  publicUrl: string | null;
  now: () => Date;
}

/** Gives the pages what the API gives, with the same limits and the same door: a form is a call by other means. */
export function createPageBackend(options: PageBackendOptions): PageBackend {
  const { accounts, transferCodes, circles, invites, statuses, accept, limit, limitGuesses, admit, sessions, publicUrl, now } =
    options;
  const deviceOf = (request: FastifyRequest) => describeDevice(request.headers['user-agent']);
  return {
    async viewer(request, reply) {
      const signedIn = await findSignedIn(request, reply, { sessions, publicUrl, now });
      const person = signedIn && (await accounts.find(signedIn.person));
      return person ? { person, sessionId: signedIn.session } : null;
    },
    async createPerson(request, reply, person) {
      if (person.invite) admit('invites');
      await limit('createPerson', request.ip);
      const answer = await accounts.register(person, deviceOf(request));
      await endReplacedSession(request, answer.person.id, { sessions, publicUrl, now });
      setSessionCookie(reply, answer.token, publicUrl);
      return answer;
    },
    async signIn(request, reply, session) {
      const answer = await limitGuesses(request.ip, () => accounts.signIn(session, deviceOf(request)));
      await endReplacedSession(request, answer.person.id, { sessions, publicUrl, now });
      setSessionCookie(reply, answer.token, publicUrl);
      return answer;
    },
    async createTransferCode(request, { person, sessionId }) {
      admit('invites');
      await limit('transferCode', person.id);
      return transferCodes.make({ person: person.id, session: sessionId }, options.originOf(request));
    },
    async previewTransfer(request, transferCode) {
      await limit('transferLookup', request.ip);
      return transferCodes.read(transferCode);
    },
    async signOut(_request, reply, { person, sessionId }) {
      await accounts.signOut(person.id, sessionId);
      clearSessionCookie(reply, publicUrl);
    },
    async erasePerson(reply, { person }) {
      await accounts.erase(person.id);
      clearSessionCookie(reply, publicUrl);
    },
    async changePerson({ person }, change) {
      await limit('write', person.id);
      return accounts.change(person.id, change);
    },
    async renewRecoveryCode({ person }) {
      await limit('write', person.id);
      return accounts.renewRecoveryCode(person.id);
    },
    keepRecoveryCode: ({ person }, recoveryCode) => accounts.keepRecoveryCode(person.id, recoveryCode),
    listDevices: ({ person, sessionId }) => accounts.listDevices(person.id, sessionId),
    listNewDevices: ({ person, sessionId }) => accounts.listNewDevices(person.id, sessionId),
    noteNewDevicesSeen: ({ person, sessionId }, newest) => accounts.noteNewDevicesSeen(person.id, sessionId, newest),
    signOutDevice: ({ person }, sessionId) => accounts.signOut(person.id, sessionId),
    listCircles: ({ person }) => accounts.listCircles(person.id),
    board: ({ person }, circleId) => circles.readBoard(person.id, circleId),
    async createCircle({ person }, circle) {
      await limit('createCircle', person.id);
      return circles.create(person, circle);
    },
    async changeCircle({ person }, circleId, change) {
      await limit('write', person.id);
      return circles.change(person.id, circleId, change);
    },
    async removeCircle({ person }, circleId) {
      await limit('write', person.id);
      await circles.remove(person.id, circleId);
    },
    alertLevel: async ({ person }, circleId) => (await circles.view(person.id, circleId)).membership.alerts ?? 'digest',
    async changeMember({ person }, circleId, personId, change) {
      await limit('write', person.id);
      await circles.changeMember(person.id, circleId, personId, change);
    },
    async removeMember({ person }, circleId, personId) {
      await limit('write', person.id);
      await circles.removeMember(person.id, circleId, personId);
    },
    async listInvites({ person }, circleId) {
      admit('invites');
      return invites.list(person.id, circleId);
    },
    async revokeInvite({ person }, circleId, inviteId) {
      await limit('write', person.id);
      await invites.revoke(person.id, circleId, inviteId);
    },
    async revokeInvites({ person }, circleId) {
      await limit('write', person.id);
      await invites.revokeAll(person.id, circleId);
    },
    async createInvite(request, { person }, circleId, invite) {
      admit('invites');
      await limit('createInvite', person.id);
      return invites.create(person.id, circleId, invite, options.originOf(request));
    },
    async previewInvite(request, token, attempt) {
      admit('invites');
      await limit('inviteLookup', request.ip);
      return invites.preview(token, attempt !== undefined && (await accounts.hasJoined(attempt, token)));
    },
    async acceptInvite({ person }, token, face) {
      admit('invites');
      await limit('write', person.id);
      return invites.accept(person, token, face);
    },
    postStatus: ({ person }, status) => accept(person.id, status),
    async retractStatus({ person }, statusId) {
      await limit('write', person.id);
      await statuses.retract(person.id, statusId);
    },
    latestStatus: ({ person }) => statuses.readLatest(person.id, person),
    async memberStatuses({ person }, circleId, personId) {
      admit('history');
      return statuses.listOfMember(person.id, circleId, personId);
    },
  };
}
