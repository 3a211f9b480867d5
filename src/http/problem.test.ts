import { describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import { ERRORS } from '../contract/errors.ts';
import { RETRY_AFTER_MAX_SECONDS, RETRY_AFTER_MIN_SECONDS } from '../contract/limits.ts';
import { chooseRetryAfter, isRedisAway, toRefusal } from './problem.ts';

describe('isRedisAway', () => {
  it.each([
    'LOADING Redis is loading the dataset in memory',
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
    'MASTERDOWN Link with MASTER is down',
    'CLUSTERDOWN The cluster is down',
    'NOREPLICAS Not enough good replicas to write.',
    'BUSY Redis is busy running a script.',
    'EXECABORT Transaction discarded because of previous errors.',
    'Command timed out',
    'Connection is closed.',
    "Stream isn't writeable and enableOfflineQueue options is false",
    "Socket timeout. Expecting data, but didn't receive any in 1400ms.",
    'connect ECONNREFUSED 127.0.0.1:6379',
    'read ECONNRESET',
    'connect ENOENT /run/redis.sock',
    'connect EHOSTUNREACH 10.0.0.1:6379',
    'getaddrinfo ENOTFOUND redis',
    'getaddrinfo EAI_AGAIN redis',
    'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
  ])('knows "%s"', (message) => {
    expect(isRedisAway(new Error(message))).toBe(true);
    expect(toRefusal(new Error(message))).toEqual({ code: 'unavailable', refusal: {}, isBug: false });
  });

  it.each([
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    "Cannot read properties of undefined (reading 'id')",
    'ERR unknown command',
  ])('takes "%s" for a bug', (message) => {
    expect(isRedisAway(new Error(message))).toBe(false);
    expect(toRefusal(new Error(message))).toEqual({ code: 'internal-error', refusal: {}, isBug: true });
  });

  it('takes what is no error for a bug', () => {
    for (const thrown of ['LOADING', null, undefined, 42, { message: 'LOADING' }]) {
      expect(isRedisAway(thrown)).toBe(false);
      expect(toRefusal(thrown)).toMatchObject({ code: 'internal-error', isBug: true });
    }
  });
});

describe('toRefusal', () => {
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
