import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AppError, type RefusalDetail } from '../contract/app-error.ts';
import { ERRORS, type ErrorCode, PROBLEM_TYPE } from '../contract/errors.ts';
import { RETRY_AFTER_MAX_SECONDS, RETRY_AFTER_MIN_SECONDS } from '../contract/limits.ts';
import { isRedisAway } from '../platform/redis-away.ts';

/** RFC 9457, with our stable `code`. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.Enum(Object.keys(ERRORS) as ErrorCode[]),
    detail: Type.String(),
    requestId: Type.String(),
    retryAfterSeconds: Type.Optional(Type.Integer()),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  },
  { $id: 'Problem', description: 'RFC 9457 problem details' },
);
export type Problem = Static<typeof Problem>;

/** The codes that framework errors stand for. Anything not listed is a bug or Redis being away. */
const FRAMEWORK_CODES: Record<string, ErrorCode> = {
  FST_ERR_VALIDATION: 'invalid-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-content-type',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  FST_ERR_NOT_FOUND: 'not-found',
};

/** Seconds to stay away, random so that those turned away do not all come back at once. */
export function chooseRetryAfter(): number {
  return RETRY_AFTER_MIN_SECONDS + Math.floor(Math.random() * (RETRY_AFTER_MAX_SECONDS - RETRY_AFTER_MIN_SECONDS + 1));
}

/** Any error as a refusal in the contract's words. `isBug`: it belongs into the log as an error. */
export function toRefusal(error: unknown): { code: ErrorCode; refusal: RefusalDetail; isBug: boolean } {
  if (error instanceof AppError) return { code: error.code, refusal: error.refusal, isBug: false };
  const framework = (error ?? {}) as Partial<FastifyError>;
  const code = FRAMEWORK_CODES[framework.code ?? ''];
  if (code === 'invalid-request' && framework.validation) {
    const context = framework.validationContext ?? 'body';
    const errors = framework.validation.map(({ instancePath, message, params }) => {
      const missing = params['missingProperty'] ?? params['additionalProperty'];
      const path = `${instancePath.slice(1).replaceAll('/', '.')}${missing ? `${instancePath ? '.' : ''}${String(missing)}` : ''}`;
      return { field: path || context, message: message ?? 'is not valid' };
    });
    return { code, refusal: { detail: `${errors[0]?.field}: ${errors[0]?.message}`, errors }, isBug: false };
  }
  if (code) return { code, refusal: {}, isBug: false };
  if (isRedisAway(error)) return { code: 'unavailable', refusal: {}, isBug: false };
  if (framework.statusCode && framework.statusCode < 500) return { code: 'invalid-request', refusal: {}, isBug: false };
  return { code: 'internal-error', refusal: {}, isBug: true };
}

/** A refusal as the contract writes it. A code that may work later says when. */
export function toProblem(code: ErrorCode, refusal: RefusalDetail, requestId: string): Problem {
  const { status, title, retry } = ERRORS[code];
  const retryAfterSeconds = retry ? (refusal.retryAfterSeconds ?? chooseRetryAfter()) : undefined;
  return {
    // Where each code is explained: a fragment of `problems-page.ts`.
    type: `${PROBLEM_TYPE}${code}`,
    title,
    status,
    code,
    detail: refusal.detail ?? title,
    requestId,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(refusal.errors && { errors: refusal.errors }),
  };
}

/** Sends a refusal as `application/problem+json`, with `Retry-After` where it may work later. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  refusal: RefusalDetail = {},
): FastifyReply {
  const problem = toProblem(code, refusal, request.id);
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', problem.retryAfterSeconds);
  return reply.status(problem.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problem);
}
