/**
 * The catalogue of refusals. A `code` is part of the contract: it is never renamed and never means two things. `status` is
 * the HTTP status, `retry` whether the same request may succeed later, `title` the English title of the RFC 9457 answer;
 * what a person reads is `error.<code>` in `src/i18n`.
 */
export const ERRORS = {
  'invalid-request': { status: 400, retry: false, title: 'The request is not valid' },
  'malformed-json': { status: 400, retry: false, title: 'The body is not valid JSON' },
  'not-signed-in': { status: 401, retry: false, title: 'Sign in first' },
  'code-not-valid': { status: 401, retry: false, title: 'This code is not valid or was used already' },
  'foreign-origin': { status: 403, retry: false, title: 'This request came from another site' },
  'not-keeper': { status: 403, retry: false, title: 'Only a keeper of the circle may do this' },
  'registration-by-invite': { status: 403, retry: false, title: 'A new person needs an invite here' },
  'not-found': { status: 404, retry: false, title: 'Not found' },
  'no-circle': { status: 409, retry: false, title: 'Join or make a circle first' },
  'id-taken': { status: 409, retry: false, title: 'This id was used for something else' },
  'last-keeper': { status: 409, retry: false, title: 'The last keeper cannot leave; make somebody else keeper first' },
  'too-many-circles': { status: 409, retry: false, title: 'No further circle is possible' },
  'too-many-invites': { status: 409, retry: false, title: 'No further invite is possible; revoke one first' },
  'too-many-sessions': { status: 409, retry: false, title: 'No further device is possible; sign one out first' },
  'circle-full': { status: 409, retry: false, title: 'This circle is full' },
  'no-push-subscription': { status: 409, retry: false, title: 'This device has no alerts turned on' },
  'position-lost': { status: 410, retry: false, title: 'That part of the feed is gone; read the board' },
  'invite-expired': { status: 410, retry: false, title: 'This invite has expired' },
  'invite-used-up': { status: 410, retry: false, title: 'This invite was used up' },
  'too-large': { status: 413, retry: false, title: 'The body is too large' },
  'wrong-content-type': { status: 415, retry: false, title: 'The body must be application/json' },
  'push-host-not-allowed': { status: 422, retry: false, title: 'Alerts cannot be sent to this push service' },
  'upgrade-required': { status: 426, retry: false, title: 'Open a WebSocket here' },
  'too-many-requests': { status: 429, retry: true, title: 'Too many requests; try again later' },
  'internal-error': { status: 500, retry: true, title: 'Something went wrong here' },
  unavailable: { status: 503, retry: true, title: 'Not confirmed; send again with the same id' },
} as const satisfies Record<string, { status: number; retry: boolean; title: string }>;

/** What the `type` of each problem answer begins with; its code follows, and by both a client knows that Buji itself has spoken. */
export const PROBLEM_TYPE = '/problems#';

export type ErrorCode = keyof typeof ERRORS;
