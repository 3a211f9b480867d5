import type { FastifyReply, FastifyRequest } from 'fastify';
import { Value } from 'typebox/value';
import type { ErrorCode } from '../contract/errors.ts';
import { PersonAttempt } from '../contract/people.ts';

const COOKIE = 'attempt';
/** A page may lie open for hours before its button is pressed; the service remembers the key for minutes, from then on. */
const LIFE_SECONDS = 86_400;

export interface AttemptOptions {
  secure: boolean;
  refusal?: ErrorCode | undefined;
}

/**
 * Gives this browser the key of its attempt to make a person, with each page that has the form for it. In a cookie, not in the form:
 * whoever got no answer goes back and is shown the form anew, and a page that is kept or passed on holds no key.
 * @param refusal why the form is shown again: after `id-taken` the key is worth nothing any more, and there is another one
 */
export function giveAttempt(request: FastifyRequest, reply: FastifyReply, { secure, refusal }: AttemptOptions): void {
  if (readAttempt(request) !== undefined && refusal !== 'id-taken') return;
  reply.setCookie(COOKIE, crypto.randomUUID(), { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: LIFE_SECONDS });
}

/** The key that this browser was given; undefined where it has none, or what is none. */
export function readAttempt({ cookies }: FastifyRequest): string | undefined {
  const key = cookies[COOKIE];
  return Value.Check(PersonAttempt, key) ? key : undefined;
}

/** The attempt has succeeded: whoever comes next on this browser makes one of their own. */
export function dropAttempt(request: FastifyRequest, reply: FastifyReply): void {
  if (request.cookies[COOKIE] !== undefined) reply.clearCookie(COOKIE, { path: '/' });
}
