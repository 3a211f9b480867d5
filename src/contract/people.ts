import { type Static, Type } from 'typebox';
import { Id, InviteToken, Time } from './ids.ts';
import { EMOJI_MAX, NICKNAME_MAX } from './limits.ts';

/** A name has at least one visible character and no line break, other control character, or half of a surrogate pair (`Cs`). */
export const NAME_PATTERN = '^(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$';

export const Nickname = Type.String({
  minLength: 1,
  maxLength: NICKNAME_MAX,
  pattern: NAME_PATTERN,
});

/** Whoever sends what was kept for later says whose it is; where somebody else is signed in by then, it is refused. */
export const PERSON_HEADER = 'x-person';
export const OnBehalf = Type.Object({
  [PERSON_HEADER]: Type.Optional(Type.String({ description: 'id of the author; 401 where another person is signed in' })),
});

export const AVATAR_COLOURS = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown', 'grey'] as const;
export const AVATAR_EMOJI = [
  '🐶',
  '🐱',
  '🐻',
  '🦊',
  '🐰',
  '🐼',
  '🐸',
  '🐧',
  '🐤',
  '🦉',
  '🐢',
  '🐳',
  '🌸',
  '🌻',
  '🍀',
  '🍎',
  '⭐',
  '🌙',
] as const;

export const Avatar = Type.Object(
  {
    emoji: Type.String({ minLength: 1, maxLength: EMOJI_MAX, pattern: '^[^\\p{Cc}\\p{Cs}\\p{L}<>&"\']+$' }),
    colour: Type.Enum(AVATAR_COLOURS),
  },
  { additionalProperties: false },
);
export type Avatar = Static<typeof Avatar>;

/**
 * Languages of the service, by their BCP 47 tag; `ja-easy` stands for やさしい日本語. Further ones are added here and in
 * `src/i18n`. Pages list them in this order.
 */
export const LOCALES = ['ja', 'ja-easy', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'vi', 'pt-BR', 'tl', 'ne', 'es', 'id'] as const;
export const Locale = Type.Enum(LOCALES);
export type Locale = (typeof LOCALES)[number];

/** ISO 3166-1 alpha-2; picks the emergency numbers. */
export const Country = Type.String({ pattern: '^[A-Z]{2}$' });

/** One's own profile: shown to oneself only. */
export const Person = Type.Object({
  id: Id,
  nickname: Nickname,
  avatar: Avatar,
  locale: Locale,
  country: Country,
  footprints: Type.Boolean({ description: 'false: nobody sees what this person has seen, and they see nobody’s footprints' }),
});
export type Person = Static<typeof Person>;

/** How one circle knows a person; `id` is the person's id. */
export const Role = Type.Enum(['keeper', 'member']);
export const Member = Type.Object({ id: Id, nickname: Nickname, avatar: Avatar, role: Role });
export type Member = Static<typeof Member>;

/** A browser signed in. */
export const Device = Type.Object({
  id: Id,
  name: Type.String({ description: 'browser and system, as far as they say' }),
  createdAt: Time,
  lastUsedAt: Time,
  current: Type.Boolean(),
  alerts: Type.Boolean({ description: 'whether push alerts are turned on here' }),
});
export type Device = Static<typeof Device>;

/** Secret of one attempt to make a person: 128 random bits or more, as base64url or a UUID. */
export const PersonAttempt = Type.String({
  pattern: '^[A-Za-z0-9_-]{22,64}$',
  description:
    'random secret that the client makes for this attempt and sends again with each repeat: one person comes of it, and the ' +
    'newest answer holds. Dead after 15 minutes, and (409) once an answer was used. Another nickname or invite is another attempt',
});

export const CreatePerson = Type.Object(
  {
    nickname: Nickname,
    locale: Type.Optional(Locale),
    avatar: Type.Optional(Avatar),
    country: Type.Optional(Country),
    invite: Type.Optional(InviteToken),
    attempt: Type.Optional(PersonAttempt),
  },
  { additionalProperties: false },
);
export type CreatePerson = Static<typeof CreatePerson>;

export const ChangePerson = Type.Object(
  {
    nickname: Type.Optional(Nickname),
    avatar: Type.Optional(Avatar),
    locale: Type.Optional(Locale),
    country: Type.Optional(Country),
    footprints: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ChangePerson = Static<typeof ChangePerson>;

/** Letters and digits; a transfer code has fewer, which tells the two apart where either may be typed. */
export const RECOVERY_CODE_MIN = 20;
export const RecoveryCode = Type.String({
  minLength: RECOVERY_CODE_MIN,
  maxLength: 64,
  description: 'groups of letters and digits; spaces, hyphens and case do not matter',
});
export const TransferCode = Type.String({
  minLength: 16,
  maxLength: 64,
  description: 'four groups of letters and digits; spaces, hyphens and case do not matter',
});
export const NewTransferCode = Type.Object({
  code: TransferCode,
  url: Type.String({ description: 'a page that signs in by this code at the press of a button' }),
  expiresAt: Time,
});
export type NewTransferCode = Static<typeof NewTransferCode>;

/** One of the two. */
export const CreateSession = Type.Object(
  { recoveryCode: Type.Optional(RecoveryCode), transferCode: Type.Optional(TransferCode) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);
export type CreateSession = Static<typeof CreateSession>;
