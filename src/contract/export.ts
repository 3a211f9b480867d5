import { type Static, Type } from 'typebox';
import { ALERT_LEVELS, Circle, Invite } from './circles.ts';
import { Id, Time } from './ids.ts';
import { Device, Member, Person } from './people.ts';
import { Condition } from './statuses.ts';

/** An own status with all that was written; of one that was taken back the words are gone. */
const ExportedStatus = Type.Object({
  id: Id,
  condition: Condition,
  note: Type.Optional(Type.String()),
  place: Type.Optional(Type.String()),
  circles: Type.Array(Id, { description: 'where it went' }),
  placeCircles: Type.Optional(Type.Array(Id, { description: 'where the place went, where its author chose that' })),
  writtenAt: Time,
  acceptedAt: Time,
  retracted: Type.Optional(Type.Literal(true)),
  seen: Type.Integer({ description: 'how many people have left footprints on it that are shown; who they are is theirs' }),
});

/** What is stored about one person, and nothing that another person said or is called. What is left out stands at the route. */
export const Export = Type.Object({
  exportedAt: Time,
  person: Person,
  circles: Type.Array(
    Type.Object({
      circle: Circle,
      member: Member,
      joinedAt: Time,
      alerts: Type.Enum(ALERT_LEVELS),
      footprints: Type.Boolean({ description: 'whether this person leaves footprints there: chosen, or as the kind has it' }),
    }),
  ),
  statuses: Type.Array(ExportedStatus, { description: 'newest first; see OWN_STATUSES_MAX' }),
  footprints: Type.Array(
    Type.Object(
      { circle: Id, status: Id, seenAt: Time },
      { description: 'left on what another member sent to a circle that this person is in; no word of it' },
    ),
    { description: 'newest first; see OWN_FOOTPRINTS_MAX' },
  ),
  invites: Type.Array(
    Type.Object(
      { ...Invite.properties, circle: Id },
      { description: 'made by this person; without the token, which is not stored' },
    ),
  ),
  devices: Type.Array(
    Type.Object({
      ...Device.properties,
      pushService: Type.Union([Type.String(), Type.Null()], { description: 'host that alerts for this device go to' }),
      timeZone: Type.Union([Type.String(), Type.Null()], { description: 'that alerts for this device tell the time in' }),
    }),
  ),
});
export type Export = Static<typeof Export>;
