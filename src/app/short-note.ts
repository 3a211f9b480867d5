import type { FastifyReply, FastifyRequest } from 'fastify';

/** What is shown after a post and must neither stand in an address nor be asked of the service again: a code, a link. */
const LIFE_SECONDS = 600;

export interface ShortNoteOptions {
  secure: boolean;
}

/**
 * Leaves a note for the page that the 303 leads to, in a cookie that only pages below `path` see, script never, and that
 * ends after ten minutes. So a reload shows the code again instead of doing the post again, and no address, history or log
 * ever holds it.
 */
export function leaveNote(reply: FastifyReply, path: string, value: unknown, { secure }: ShortNoteOptions): void {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  reply.setCookie('note', text, { path, httpOnly: true, sameSite: 'lax', secure, maxAge: LIFE_SECONDS });
}

/** The note left for this page; null where there is none, or none that can be read. */
export function readNote<T>(request: FastifyRequest, isNote: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(request.cookies['note'] ?? '', 'base64url').toString());
    return isNote(value) ? value : null;
  } catch {
    return null;
  }
}

/** Takes the note away: its reader has kept what it said. */
export function dropNote(reply: FastifyReply, path: string): void {
  reply.clearCookie('note', { path });
}
