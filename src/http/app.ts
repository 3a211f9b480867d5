import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawServerDefault,
} from 'fastify';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { MAX_BODY_BYTES } from '../contract/limits.ts';
import { isRedisAway } from '../platform/redis-away.ts';
import { answerClientError } from './client-error.ts';
import { sendProblem, toRefusal } from './problem.ts';
import { readSecurityHeaders } from './security-headers.ts';

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

export interface AppOptions {
  log: Logger;
  trustProxy: boolean | string[];
  publicUrl: string | null;
  /** Told of every answer: method, route pattern, status, seconds. */
  observe: (method: string, route: string | undefined, status: number, seconds: number) => void;
}

/** Longest a client may take to send its headers and body: slow ones are cut instead of holding a place. */
const REQUEST_TIMEOUT_MS = 10_000;
/** How often connections that have become idle are closed while the server stops: each holds the stop up for KEEP_ALIVE_MS. */
const CLOSE_IDLE_MS = 50;
/** Longer than any usual proxy's idle time (nginx: 60 s), so that it is the proxy that closes first. */
const KEEP_ALIVE_MS = 72_000;

/**
 * The HTTP application without its listener: errors in the contract's words, security headers, ids and logs for every
 * request. Routes are registered by `roles/`.
 */
export async function createApp({ log, trustProxy, publicUrl, observe }: AppOptions): Promise<App> {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // One line of our own per request, without its URL.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    genReqId: () => uuidv7(),
    // Our lines name their request themselves; a logger of its own for each would be made for nothing.
    childLoggerFactory: (logger) => logger,
    // Nothing is dropped, guessed or filled in silently: what the schema does not name is refused.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: false } },
    routerOptions: { maxParamLength: 128 },
    // Before any hook has run: a URL that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      refuse(error, request as FastifyRequest, reply as unknown as FastifyReply);
    },
    clientErrorHandler: answerClientError,
    return503OnClosing: true,
  }).withTypeProvider<TypeBoxTypeProvider>();

  // Answers are built as the contract's types; serialising them by schema costs more than it guards (unions compile to a
  // validator). The tests check every answer against its schema instead.
  app.setSerializerCompiler(() => JSON.stringify);

  const securityHeaders = await readSecurityHeaders(publicUrl);
  // Hooks with a callback: an async one makes a promise, and a turn of the queue, for every request.
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders).header('x-request-id', request.id);
    done();
  });
  // A call whose fields are all optional may come without a body; where some are required, the schema then names them.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined || request.body === null) request.body = request.routeOptions.schema?.body ? {} : request.body;
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const isApi = request.routeOptions.url?.startsWith('/v1/') ?? false;
    if (isApi && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    observe(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime / 1_000);
    if (log.isLevelEnabled('debug')) logRequest(log, request, reply);
    done();
  });
  // Fastify closes what is idle once; a connection whose answer was still under way then would stay.
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_MS);
    app.server.once('close', () => clearInterval(timer));
  });
  // Only JSON (and forms, on pages): a foreign page can send text/plain without asking anybody (Fetch, "simple requests").
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(refuse);
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 'not-found'));
  return app;
}

function logRequest(log: Logger, request: FastifyRequest, reply: FastifyReply): void {
  log.debug(
    {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      person: request.signedIn?.person,
    },
    'request',
  );
}

/** Requests under way are given this long; connections that are still open then (a client that hangs) are cut. */
const CLOSE_GRACE_MS = 5_000;

/** Stops listening, lets requests under way end, and cuts what is left after CLOSE_GRACE_MS. */
export async function closeApp(app: App, graceMs = CLOSE_GRACE_MS): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
  await app.close();
  clearTimeout(timer);
}

/** Any error as an answer. What is a bug, or Redis being away, is logged; the answer never carries its text. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { code, refusal, isBug } = toRefusal(error);
  const about = { err: error, requestId: request.id, route: request.routeOptions?.url, person: request.signedIn?.person };
  if (isBug) request.log.error(about, 'bug');
  else if (isRedisAway(error))
    request.log.warn(
      { requestId: about.requestId, route: about.route, reason: (error as Error).message },
      'redis did not confirm',
    );
  sendProblem(request, reply, code, refusal);
}
