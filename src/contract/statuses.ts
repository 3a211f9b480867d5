import { type Static, Type } from 'typebox';
import { Id, Time } from './ids.ts';
import { CIRCLES_PER_PERSON_MAX, FOOTPRINTS_MAX, NOTE_MAX, PLACE_MAX } from './limits.ts';
import { Member } from './people.ts';

export const CONDITIONS = ['ok', 'evacuated', 'hurt', 'help'] as const;
export const Condition = Type.Enum(CONDITIONS);
export type Condition = (typeof CONDITIONS)[number];

/**
 * Plain text: line breaks are allowed in a note, other control characters are not; nor half of a surrogate pair (`Cs`), which
 * is no text in UTF-8 and which Redis' JSON reader refuses.
 */
const Note = Type.String({ maxLength: NOTE_MAX, pattern: '^([^\\p{Cc}\\p{Cs}]|\\n)*$' });
const Place = Type.String({ maxLength: PLACE_MAX, pattern: '^[^\\p{Cc}\\p{Cs}]*$' });
const CircleIds = Type.Array(Id, { maxItems: CIRCLES_PER_PERSON_MAX, uniqueItems: true });

export const PostStatus = Type.Object(
  {
    id: Id,
    condition: Condition,
    note: Type.Optional(Note),
    place: Type.Optional(Place),
    circles: Type.Optional(CircleIds),
    placeCircles: Type.Optional(CircleIds),
    writtenAt: Type.Optional(Time),
    sentAt: Type.Optional(Time),
  },
  { additionalProperties: false },
);
export type PostStatus = Static<typeof PostStatus>;

/** What a phone is told when, and only when, Redis has the status on disk. */
export const Receipt = Type.Object({
  id: Id,
  acceptedAt: Time,
  writtenAt: Time,
  circles: Type.Array(Id),
  retracted: Type.Optional(Type.Literal(true)),
});
export type Receipt = Static<typeof Receipt>;

/** A status as one circle is shown it. */
export const Status = Type.Object({
  id: Id,
  author: Member,
  condition: Condition,
  note: Type.Optional(Note),
  place: Type.Optional(Place),
  writtenAt: Time,
  acceptedAt: Time,
});
export type Status = Static<typeof Status>;

/** A status with whom it was seen by: for its author only. */
export const SeenStatus = Type.Object({
  ...Status.properties,
  seenBy: Type.Optional(Type.Array(Member, { description: 'for its author; at most SEEN_BY_MAX of each circle' })),
});
export type SeenStatus = Static<typeof SeenStatus>;

/** Footprints: what a member of a circle has really had before their eyes. */
export const LeaveFootprints = Type.Object(
  { statuses: Type.Array(Id, { minItems: 1, maxItems: FOOTPRINTS_MAX, uniqueItems: true }) },
  { additionalProperties: false },
);
export type LeaveFootprints = Static<typeof LeaveFootprints>;

/** How far a status has come, for its author. People count once, however many devices and circles they have. */
export const Delivery = Type.Object({
  boards: Type.Integer({ description: 'circles whose board has had it' }),
  alerted: Type.Integer({ description: 'people whose push service took an alert for it' }),
  reached: Type.Integer({ description: 'people one of whose phones has confirmed that such an alert arrived' }),
  seen: Type.Integer({
    description:
      'members who have seen it; 0 where its author has footprints turned off, and while many people post, except of *help*',
  }),
});
export const OwnStatus = Type.Object({
  ...SeenStatus.properties,
  circles: Type.Optional(Type.Array(Id)),
  delivery: Type.Optional(Delivery),
});
export type OwnStatus = Static<typeof OwnStatus>;
export type Delivery = Static<typeof Delivery>;
