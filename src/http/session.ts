import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { AppError } from '../contract/app-error.ts';
import { PERSON_HEADER } from '../contract/people.ts';
import { SESSION_SECONDS, type SessionStore } from '../store/sessions.ts';
import { isOwnOrigin, mayChange } from './own-origin.ts';

/** Who is asking, on which device. */
export interface SignedIn {
  person: string;
  session: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on routes with `config: { signIn: true }`, and by `findSignedIn`. */
    signedIn: SignedIn;
  }
  interface FastifyContextConfig {
    /** The route answers 401 to whoever is not signed in. */
    signIn?: boolean;
  }
}

export interface SessionOptions {
  sessions: SessionStore;
  publicUrl: string | null;
  now: () => Date;
}

/** `__Host-` ties a cookie to https, one host and the whole path (RFC 6265bis, section 4.1.3.2); plain http cannot have it. */
export function sessionCookieName(publicUrl: string | null): string {
  return publicUrl?.startsWith('https:') ? '__Host-session' : 'session';
}

/** Signs requests in by Bearer token or cookie, and refuses changes that come from foreign origins. */
export const sessionPlugin = fastifyPlugin(async (app: FastifyInstance, { sessions, publicUrl, now }: SessionOptions) => {
  await app.register(cookie);
  app.decorateRequest('signedIn');
  const cookieName = sessionCookieName(publicUrl);

  app.addHook('onRequest', (request, reply, done) => {
    if (!mayChange(request.method, request.headers, cookieName, publicUrl)) return done(new AppError('foreign-origin'));
    if (!request.routeOptions.config.signIn) return done();
    findSignedIn(request, reply, { sessions, publicUrl, now }).then((signedIn) => {
      if (!signedIn || !isMeant(request, signedIn.person)) return done(new AppError('not-signed-in'));
      request.signedIn = signedIn;
      done();
    }, done);
  });
});

/**
 * Whether a request is from whoever it says it is from. A cookie is the browser's: what one person tapped can be sent after
 * another has signed in there. Clients that keep things to send them later say whose they are.
 */
function isMeant({ headers }: FastifyRequest, person: string): boolean {
  const named = headers[PERSON_HEADER];
  return named === undefined || named === person;
}

/** Who is asking; null for nobody. A session that was used today for the first time slides on, with its cookie. */
export async function findSignedIn(
  request: FastifyRequest,
  reply: FastifyReply,
  options: SessionOptions,
): Promise<SignedIn | null> {
  const bearer = readBearer(request.headers.authorization);
  const token = bearer ?? request.cookies[sessionCookieName(options.publicUrl)];
  const found = token ? await options.sessions.find(token, options.now()) : null;
  if (!found || !token) return null;
  if (found.touched && !bearer) setSessionCookie(reply, token, options.publicUrl);
  return { person: found.session.person, session: found.session.id };
}

/**
 * Signs in a WebSocket's handshake, where no Fastify request exists: a Bearer token, or the cookie from a page of our own
 * (a foreign page could open a socket with it: WebSockets know no CORS).
 */
export async function authenticateUpgrade(
  request: IncomingMessage,
  parseCookie: (header: string) => Record<string, string | undefined>,
  { sessions, publicUrl, now }: SessionOptions,
): Promise<SignedIn | 'not-signed-in' | 'foreign-origin'> {
  const bearer = readBearer(request.headers.authorization);
  const token = bearer ?? parseCookie(request.headers.cookie ?? '')[sessionCookieName(publicUrl)];
  if (!token) return 'not-signed-in';
  if (!bearer && !isOwnOrigin(request.headers, publicUrl)) return 'foreign-origin';
  const found = await sessions.find(token, now());
  return found ? { person: found.session.person, session: found.session.id } : 'not-signed-in';
}

/**
 * Ends the session whose cookie is about to be replaced, when it is another person's: nobody could sign that one out from this
 * browser any more, and its alerts would go on arriving here. A failure is logged: the new person is signed in all the same.
 */
export async function endReplacedSession(
  request: FastifyRequest,
  newPerson: string,
  { sessions, publicUrl, now }: SessionOptions,
): Promise<void> {
  const token = request.cookies[sessionCookieName(publicUrl)];
  try {
    const former = token ? await sessions.find(token, now()) : null;
    if (former && former.session.person !== newPerson) await sessions.end(former.session.person, former.session.id);
  } catch (err) {
    request.log.warn({ err, requestId: request.id, person: newPerson }, 'the session before was not ended');
  }
}

/** Gives the browser its session; HttpOnly, so that no script ever sees it. */
export function setSessionCookie(reply: FastifyReply, token: string, publicUrl: string | null): void {
  void reply.setCookie(sessionCookieName(publicUrl), token, { ...cookieOptions(publicUrl), maxAge: SESSION_SECONDS });
}

/** Takes it away again. */
export function clearSessionCookie(reply: FastifyReply, publicUrl: string | null): void {
  void reply.clearCookie(sessionCookieName(publicUrl), cookieOptions(publicUrl));
}

function cookieOptions(publicUrl: string | null) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl?.startsWith('https:') ?? false } as const;
}

function readBearer(authorization: string | undefined): string | null {
  return /^Bearer ([A-Za-z0-9_-]{22,128})$/.exec(authorization ?? '')?.[1] ?? null;
}
