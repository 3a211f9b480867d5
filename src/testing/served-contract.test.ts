import { describe, expect, it } from 'vitest';
import { createServedContract, type Document } from './served-contract.ts';

const REQUEST_ID = '01900000-0000-7000-8000-000000000000';
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const DOCUMENT: Document = {
  paths: {
    '/v1/things/{id}': {
      get: {
        security: [{ bearer: [] }],
        responses: {
          200: json({ type: 'object', required: ['id'], properties: { id: { $ref: '#/components/schemas/Word' } } }),
          204: json({ type: 'null' }),
          default: { content: { 'application/problem+json': { schema: { type: 'object', required: ['detail'] } } } },
        },
      },
      put: { requestBody: {}, responses: {} },
    },
  },
};
Object.assign(DOCUMENT, { components: { schemas: { Word: { type: 'string', maxLength: 5 } } } });
const contract = createServedContract(DOCUMENT);

function check(status: number, body: unknown, headers: Record<string, string> = {}): () => void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  const all = { 'x-request-id': REQUEST_ID, 'content-type': `${type}; charset=utf-8`, ...headers };
  return () => contract.check('GET', '/v1/things/1?limit=2', { status, body, headers: new Headers(all) });
}

const PROBLEM = { status: 404, code: 'not-found', title: 'Not found', detail: 'Not found', requestId: REQUEST_ID };

it('lists the calls', () => {
  expect(contract.operations).toEqual([
    { method: 'GET', path: '/v1/things/{id}', params: ['id'], needsSignIn: true, hasBody: false },
    { method: 'PUT', path: '/v1/things/{id}', params: ['id'], needsSignIn: false, hasBody: true },
  ]);
});

describe('an answer', () => {
  it('passes when it is as documented', () => {
    check(200, { id: 'short' })();
    check(204, null)();
  });

  it('fails when its body, its type or its status is another', () => {
    expect(check(200, { id: 'too long' })).toThrow('must NOT have more than 5 characters');
    expect(check(200, {})).toThrow("must have required property 'id'");
    expect(check(200, null)).toThrow('there is no body');
    expect(check(200, 'id', { 'content-type': 'text/html' })).toThrow('content type "text/html"');
    expect(check(201, { id: 'short' })).toThrow('does not know the answer 201');
    expect(check(200, { id: 'short' }, { 'x-request-id': '7' })).toThrow('x-request-id is "7"');
  });
});

describe('a refusal', () => {
  it('passes when it is a problem of the catalogue', () => {
    check(404, PROBLEM)();
    check(
      429,
      { ...PROBLEM, status: 429, code: 'too-many-requests', title: 'Too many requests; try again later', retryAfterSeconds: 7 },
      { 'retry-after': '7' },
    )();
  });

  it('fails when it is not', () => {
    expect(check(404, { ...PROBLEM, code: 'gone-fishing' })).toThrow('not in the catalogue');
    expect(check(410, PROBLEM)).toThrow('status 404 for not-found');
    expect(check(404, { ...PROBLEM, title: 'Nope' })).toThrow('title "Nope"');
    expect(check(404, { ...PROBLEM, requestId: 'x' })).toThrow('requestId x');
    expect(check(404, { ...PROBLEM, detail: undefined })).toThrow("required property 'detail'");
    expect(check(404, PROBLEM, { 'content-type': 'application/json' })).toThrow('the content type is');
    expect(check(404, PROBLEM, { 'retry-after': '7' })).toThrow('Retry-After');
  });
});
