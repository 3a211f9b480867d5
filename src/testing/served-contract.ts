import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ERRORS } from '../contract/errors.ts';
import { isId } from '../contract/ids.ts';
import type { Problem } from '../http/problem.ts';
import { type Answer, send } from './client.ts';

/** One call as `/openapi.json` lists it. */
export interface Operation {
  method: string;
  /** With the parameters in braces: `/v1/circles/{id}`. */
  path: string;
  /** Names of the parameters in the path. */
  params: string[];
  needsSignIn: boolean;
  hasBody: boolean;
}

/** The contract as the running service serves it. */
export interface ServedContract {
  operations: Operation[];
  /** @throws when the answer to this request is not what the document, or for refusals RFC 9457 and the catalogue of codes, say of it */
  check(method: string, path: string, answer: Answer): void;
}

export interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
}
interface DocumentedOperation {
  security?: unknown[];
  requestBody?: unknown;
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** Reads the document that a running service serves. */
export async function readServedContract(origin: string): Promise<ServedContract> {
  return createServedContract((await send<Document>(origin, 'GET', '/openapi.json')).body);
}

/** What a document says; its schemas are compiled when an answer first needs them. */
export function createServedContract(body: Document): ServedContract {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(body, 'document');
  const validators = new Map<string, ValidateFunction>();

  function validate(pointer: string[], value: unknown): void {
    const ref = `document#/${pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
    let validator = validators.get(ref);
    if (!validator) {
      validator = ajv.compile({ $ref: encodeURI(ref) });
      validators.set(ref, validator);
    }
    if (!validator(value)) throw new Error(`${ajv.errorsText(validator.errors)} in ${JSON.stringify(value)}`);
  }

  function checkAnswer(method: string, path: string, answer: Answer): void {
    const requestId = answer.headers.get('x-request-id') ?? '';
    if (!isId(requestId)) throw new Error(`x-request-id is "${requestId}"`);
    const found = findPath(Object.keys(body.paths), path);
    const operation = found === undefined ? undefined : body.paths[found]?.[method.toLowerCase()];
    const documented = operation?.responses[String(answer.status)];
    if (answer.status >= 400 && !documented) {
      checkProblem(answer as Answer<Problem>, requestId);
      if (!operation) return;
      validate(['paths', found ?? '', method.toLowerCase(), 'responses', 'default', 'content', PROBLEM, 'schema'], answer.body);
      return;
    }
    if (!documented || !operation) throw new Error(`the document does not know the answer ${answer.status}`);
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (answer.body === null) {
      checkEmpty(documented.content);
      return;
    }
    if (!documented.content?.[type]) throw new Error(`the document does not know the content type "${type}"`);
    validate(
      ['paths', found ?? '', method.toLowerCase(), 'responses', String(answer.status), 'content', type, 'schema'],
      answer.body,
    );
  }

  return {
    operations: listOperations(body),
    check(method, path, answer) {
      try {
        checkAnswer(method, path, answer);
      } catch (error) {
        throw new Error(`${method} ${path} answered ${answer.status} against the contract: ${(error as Error).message}`);
      }
    },
  };
}

const PROBLEM = 'application/problem+json';

function listOperations({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      params: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      needsSignIn: (security?.length ?? 0) > 0,
      hasBody: requestBody !== undefined,
    })),
  );
}

/** The documented path that a request's path is an instance of. */
function findPath(documented: string[], path: string): string | undefined {
  const asked = path.split('?')[0]?.split('/') ?? [];
  return documented.find((candidate) => {
    const parts = candidate.split('/');
    return parts.length === asked.length && parts.every((part, index) => part.startsWith('{') || part === asked[index]);
  });
}

function checkEmpty(content: Record<string, unknown> | undefined): void {
  const documented = JSON.stringify(content ?? null);
  if (content && !documented.includes('"type":"null"')) throw new Error(`there is no body, but ${documented} is documented`);
}

/** RFC 9457 and our own rules: the code says the status, what may work later says when. */
function checkProblem({ status, headers, body }: Answer<Problem>, requestId: string): void {
  const type = headers.get('content-type');
  if (type !== `${PROBLEM}; charset=utf-8`) throw new Error(`the content type is "${type}"`);
  const entry = ERRORS[body.code];
  if (!entry) throw new Error(`the code "${body.code}" is not in the catalogue`);
  if (entry.status !== status || body.status !== status) throw new Error(`status ${body.status} for ${body.code}`);
  if (body.title !== entry.title) throw new Error(`title "${body.title}" for ${body.code}`);
  if (body.requestId !== requestId) throw new Error(`requestId ${body.requestId}, x-request-id ${requestId}`);
  const retryAfter = headers.get('retry-after');
  if (entry.retry !== (retryAfter !== null)) throw new Error(`Retry-After "${retryAfter}" for ${body.code}`);
  if (entry.retry && Number(retryAfter) !== body.retryAfterSeconds) throw new Error(`retryAfterSeconds is not Retry-After`);
}
