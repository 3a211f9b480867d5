import { type Static, Type } from 'typebox';
import { Id, InviteToken, Time } from './ids.ts';
import { CIRCLE_NAME_MAX, INVITE_MAX_HOURS, INVITE_MAX_USES } from './limits.ts';
import { Avatar, Member, NAME_PATTERN, Nickname, Role } from './people.ts';
import { Position } from './position.ts';
import { Status } from './statuses.ts';

export const CIRCLE_KINDS = ['family', 'friends', 'work', 'neighbours', 'official'] as const;
export const CircleKind = Type.Enum(CIRCLE_KINDS);
export type CircleKind = (typeof CIRCLE_KINDS)[number];

/** Kinds whose members see who has seen their statuses unless they choose otherwise: among others it would be a supervision. */
export const FOOTPRINT_KINDS: readonly CircleKind[] = ['family', 'friends'];

export const CircleName = Type.String({
  minLength: 1,
  maxLength: CIRCLE_NAME_MAX,
  pattern: NAME_PATTERN,
});
/** Who may invite. */
export const InvitePolicy = Type.Enum(['keepers', 'members']);
export type InvitePolicy = Static<typeof InvitePolicy>;

export const Circle = Type.Object({
  id: Id,
  name: CircleName,
  kind: CircleKind,
  createdAt: Time,
  memberCount: Type.Integer(),
  role: Role,
  position: Position,
  invites: InvitePolicy,
  footprints: Type.Boolean({
    description: 'whether this member leaves footprints here; their own `footprints` can turn all off',
  }),
});
export type Circle = Static<typeof Circle>;

export const CreateCircle = Type.Object(
  { name: CircleName, kind: CircleKind, nickname: Type.Optional(Nickname), avatar: Type.Optional(Avatar) },
  { additionalProperties: false },
);
export type CreateCircle = Static<typeof CreateCircle>;

/** The kind is fixed at the start: it decides who may post and who is shown a place. */
export const ChangeCircle = Type.Object(
  { name: Type.Optional(CircleName), invites: Type.Optional(InvitePolicy) },
  { additionalProperties: false, minProperties: 1 },
);
export type ChangeCircle = Static<typeof ChangeCircle>;

export const BoardCounts = Type.Object({
  ok: Type.Integer(),
  evacuated: Type.Integer(),
  hurt: Type.Integer(),
  help: Type.Integer(),
  silent: Type.Integer({ description: 'no status, or one older than `since`' }),
});
export const BoardRow = Type.Object({ member: Member, status: Type.Union([Status, Type.Null()]) });
export const Board = Type.Object({
  circle: Circle,
  position: Position,
  since: Time,
  counts: BoardCounts,
  members: Type.Array(BoardRow),
});
export type Board = Static<typeof Board>;
export type BoardRow = Static<typeof BoardRow>;
export type BoardCounts = Static<typeof BoardCounts>;

export const ALERT_LEVELS = ['all', 'digest', 'help-only', 'none'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

export const ChangeMember = Type.Object(
  {
    nickname: Type.Optional(Nickname),
    avatar: Type.Optional(Avatar),
    role: Type.Optional(Role),
    alerts: Type.Optional(Type.Enum(ALERT_LEVELS)),
    footprints: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ChangeMember = Static<typeof ChangeMember>;

export const CreateInvite = Type.Object(
  {
    expiresInHours: Type.Optional(Type.Integer({ minimum: 1, maximum: INVITE_MAX_HOURS })),
    maxUses: Type.Optional(Type.Integer({ minimum: 1, maximum: INVITE_MAX_USES })),
  },
  { additionalProperties: false },
);
export type CreateInvite = Static<typeof CreateInvite>;

/** An invite as its circle lists it: never with its token, which only the one who made it was shown. */
export const Invite = Type.Object({
  id: Id,
  createdBy: Id,
  createdAt: Time,
  expiresAt: Time,
  maxUses: Type.Integer(),
  uses: Type.Integer(),
});
export type Invite = Static<typeof Invite>;

export const NewInvite = Type.Object({
  id: Id,
  token: InviteToken,
  url: Type.String(),
  expiresAt: Time,
  maxUses: Type.Integer(),
});
export type NewInvite = Static<typeof NewInvite>;

export const InvitePreview = Type.Object({
  circle: Type.Object({ name: CircleName, kind: CircleKind, memberCount: Type.Integer() }),
  invitedBy: Type.Object({ nickname: Nickname, avatar: Avatar }),
});
export type InvitePreview = Static<typeof InvitePreview>;

export const AcceptInvite = Type.Object(
  { nickname: Type.Optional(Nickname), avatar: Type.Optional(Avatar) },
  { additionalProperties: false },
);
export type AcceptInvite = Static<typeof AcceptInvite>;
