import { describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import { ERRORS } from '../contract/errors.ts';
import { RETRY_AFTER_MAX_SECONDS, RETRY_AFTER_MIN_SECONDS } from '../contract/limits.ts';
import { chooseRetryAfter, toRefusal } from './problem.ts';

describe('toRefusal', () => {
  it('says that the service is unavailable where Redis is away', () => {
    const error = new Error("OOM command not allowed when used memory > 'maxmemory'.");
    expect(toRefusal(error)).toEqual({ code: 'unavailable', refusal: {}, isBug: false });
  });

  it.each([new Error('WRONGTYPE Operation against a key holding the wrong kind of value'), 'LOADING', null, undefined, 42])(
    'takes %s for a bug',
    (thrown) => expect(toRefusal(thrown)).toEqual({ code: 'internal-error', refusal: {}, isBug: true }),
  );

  it('passes a refusal on with its detail', () => {
    const refusal = { detail: 'x', retryAfterSeconds: 5 };
    expect(toRefusal(new AppError('too-many-requests', refusal))).toEqual({ code: 'too-many-requests', refusal, isBug: false });
  });

  it('names the fields that a schema refused', () => {
    const validation = [
      { instancePath: '/avatar', message: 'must NOT have additional properties', params: { additionalProperty: 'size' } },
      { instancePath: '', message: "must have required property 'id'", params: { missingProperty: 'id' } },
      { instancePath: '/circles/0', message: 'must match pattern', params: {} },
      { instancePath: '', message: 'must be object', params: {} },
    ];
    const error = Object.assign(new Error('x'), { code: 'FST_ERR_VALIDATION', validation, validationContext: 'body' });
    const { code, refusal } = toRefusal(error);
    expect(code).toBe('invalid-request');
    expect(refusal.errors?.map(({ field }) => field)).toEqual(['avatar.size', 'id', 'circles.0', 'body']);
    expect(refusal.detail).toBe('avatar.size: must NOT have additional properties');
  });
});

describe('chooseRetryAfter', () => {
  it('is spread over the whole range, so that nobody comes back together', () => {
    const chosen = new Set(Array.from({ length: 2_000 }, chooseRetryAfter));
    expect(Math.min(...chosen)).toBe(RETRY_AFTER_MIN_SECONDS);
    expect(Math.max(...chosen)).toBe(RETRY_AFTER_MAX_SECONDS);
    expect(chosen.size).toBe(RETRY_AFTER_MAX_SECONDS - RETRY_AFTER_MIN_SECONDS + 1);
  });
});

describe('the catalogue', () => {
  it('lets exactly what may work later be sent again', () => {
    for (const { status, retry } of Object.values(ERRORS)) expect(retry).toBe(status === 429 || status >= 500);
  });
});
