import type { FastifyReply, FastifyRequest } from 'fastify';
import type {
  AcceptInvite,
  AlertLevel,
  Board,
  ChangeCircle,
  ChangeMember,
  Circle,
  CreateCircle,
  CreateInvite,
  Invite,
  InvitePreview,
  NewInvite,
} from '../contract/circles.ts';
import type { ChangePerson, CreatePerson, CreateSession, Device, NewTransferCode, Person } from '../contract/people.ts';
import type { OwnStatus, PostStatus, Receipt, SeenStatus } from '../contract/statuses.ts';

/** Who is looking at a page, and on which device. */
export interface Viewer {
  person: Person;
  sessionId: string;
}

/**
 * What the pages ask of the service. `roles/web.ts` wires it to the capabilities, so that the pages know no store and no
 * queue. Every refusal is thrown as an `AppError`; a page shows it in its reader's words. What a stranger may not see is
 * refused as `not-found`, as in the API. The arguments were checked against the contract's schemas.
 */
export interface PageBackend {
  /** Null where nobody is signed in, also when the cookie is stale. May renew the cookie on `reply`. */
  viewer(request: FastifyRequest, reply: FastifyReply): Promise<Viewer | null>;
  /** Makes a person and signs this browser in: sets the cookie on `reply`. */
  createPerson(
    request: FastifyRequest,
    reply: FastifyReply,
    person: CreatePerson,
  ): Promise<{ person: Person; recoveryCode: string; circles: Circle[] }>;
  /** Signs this browser in by a code. A recovery code is replaced by the one returned, which is null where none was used. */
  signIn(
    request: FastifyRequest,
    reply: FastifyReply,
    session: CreateSession,
  ): Promise<{ person: Person; recoveryCode: string | null }>;
  /** Makes a code that carries this sign-in to another phone. */
  createTransferCode(request: FastifyRequest, viewer: Viewer): Promise<NewTransferCode>;
  /** Who would be signed in by a transfer code; uses nothing up. */
  previewTransfer(request: FastifyRequest, transferCode: string): Promise<Person>;
  /** Ends this session and takes the cookie away. */
  signOut(request: FastifyRequest, reply: FastifyReply, viewer: Viewer): Promise<void>;
  /** Erases the person for good, and takes the cookie away. */
  erasePerson(reply: FastifyReply, viewer: Viewer): Promise<void>;
  changePerson(viewer: Viewer, change: ChangePerson): Promise<Person>;
  /** Gives the viewer another recovery code; the one before works until this one is kept. */
  renewRecoveryCode(viewer: Viewer): Promise<string>;
  /** The viewer has kept this code. Nothing where it is not their newest. */
  keepRecoveryCode(viewer: Viewer, recoveryCode: string): Promise<void>;
  listDevices(viewer: Viewer): Promise<Device[]>;
  /** Devices that signed in as the viewer after this one and were not seen here yet, newest first: browser and system, RFC 3339. */
  listNewDevices(viewer: Viewer): Promise<{ id: string; name: string; at: string }[]>;
  /** The viewer has seen them here, up to that one. */
  noteNewDevicesSeen(viewer: Viewer, newest: string): Promise<void>;
  /** Signs another device of the same person out. */
  signOutDevice(viewer: Viewer, sessionId: string): Promise<void>;
  listCircles(viewer: Viewer): Promise<Circle[]>;
  board(viewer: Viewer, circleId: string): Promise<Board>;
  createCircle(viewer: Viewer, circle: CreateCircle): Promise<Circle>;
  changeCircle(viewer: Viewer, circleId: string, change: ChangeCircle): Promise<Circle>;
  /** Deletes it for everybody. */
  removeCircle(viewer: Viewer, circleId: string): Promise<void>;
  /** What of this circle the viewer is alerted to. */
  alertLevel(viewer: Viewer, circleId: string): Promise<AlertLevel>;
  /** One's own face and alerts, or, by a keeper, a role. */
  changeMember(viewer: Viewer, circleId: string, personId: string, change: ChangeMember): Promise<void>;
  /** Leaves, or, by a keeper, removes somebody. */
  removeMember(viewer: Viewer, circleId: string, personId: string): Promise<void>;
  /** Those that still work, without their links. */
  listInvites(viewer: Viewer, circleId: string): Promise<Invite[]>;
  revokeInvite(viewer: Viewer, circleId: string, inviteId: string): Promise<void>;
  /** All that still work. */
  revokeInvites(viewer: Viewer, circleId: string): Promise<void>;
  createInvite(request: FastifyRequest, viewer: Viewer, circleId: string, invite: CreateInvite): Promise<NewInvite>;
  /** Uses nothing up. A browser that has joined by it in this attempt, and may not have heard of it, is shown it to the last use. */
  previewInvite(request: FastifyRequest, token: string, attempt?: string): Promise<InvitePreview>;
  acceptInvite(viewer: Viewer, token: string, face: AcceptInvite): Promise<Circle>;
  postStatus(viewer: Viewer, status: PostStatus): Promise<Receipt>;
  retractStatus(viewer: Viewer, statusId: string): Promise<void>;
  /** The newest status of this person, with `circles` and `delivery`. */
  latestStatus(viewer: Viewer): Promise<OwnStatus | null>;
  /** Newest first, what this circle was shown since the viewer joined. */
  memberStatuses(viewer: Viewer, circleId: string, personId: string): Promise<SeenStatus[]>;
}
