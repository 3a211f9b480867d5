import type { FastifyReply, FastifyRequest } from 'fastify';

/** What is shown after a form was sent and must neither stand in an address nor be asked of the service again: a code, a link. */
const LIFE_SECONDS = 600;
const COOKIE = 'handover';

export interface HandoverOptions {
  secure: boolean;
}

/**
 * Hands a value over to the page that the 303 leads to, in a cookie that only pages below `path` see, script never, and that
 * ends after ten minutes. So a reload shows the code again instead of sending the form again, and no address, history or log
 * ever holds it.
 */
export function handOver(reply: FastifyReply, path: string, value: unknown, { secure }: HandoverOptions): void {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  reply.setCookie(COOKIE, text, { path, httpOnly: true, sameSite: 'lax', secure, maxAge: LIFE_SECONDS });
}

/** What was handed over to this page; null where there is none, or none that can be read. */
export function readHandover<T>(request: FastifyRequest, isExpected: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(request.cookies[COOKIE] ?? '', 'base64url').toString());
    return isExpected(value) ? value : null;
  } catch {
    return null;
  }
}

/** Takes it away: its reader has kept what it said. */
export function dropHandover(reply: FastifyReply, path: string): void {
  reply.clearCookie(COOKIE, { path });
}
