import { Type } from 'typebox';

/** UUIDv7 as text (RFC 9562, section 5.7). Upper case is refused rather than folded: one status, one spelling. */
const UUID_V7 = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

export const Id = Type.String({ pattern: UUID_V7, description: 'UUIDv7, lower case' });

/** RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Time = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z$',
  description: 'RFC 3339, UTC, milliseconds',
});

/** Secret of an invite link: 128 random bits or more, base64url. */
export const InviteToken = Type.String({ pattern: '^[A-Za-z0-9_-]{22,64}$' });

const UUID_V7_EXPRESSION = new RegExp(UUID_V7);

/** Whether `text` is an id of the contract. */
export function isId(text: string): boolean {
  return UUID_V7_EXPRESSION.test(text);
}
