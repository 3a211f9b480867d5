import { PROBLEM_TYPE } from '../../contract/errors.ts';
import { RETRY_AFTER_BELIEVED_SECONDS } from '../../contract/limits.ts';
import { readRetrySeconds } from '../../contract/send-again.ts';

/** A service that takes a request and hangs must not hold what waits for its answer. */
export const TRY_MS = 15_000;

/** What comes of `work`, or an error where nothing has by then: what the browser leaves hanging must hold up nobody. */
export function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(reject, ms, new Error('no answer in time')))]);
}

/** Asks the service; null where no answer begins in time. Whatever is read of one later than that fails. */
export async function fetchInTime(path: string, init: RequestInit = {}): Promise<Response | null> {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), TRY_MS);
  return fetch(path, { ...init, signal: stop.signal }).catch(() => null);
}

/** How long a service asks to be left alone, in seconds, as far as that is believed. */
export function readRetryAfter(response: Response): number | undefined {
  const seconds = readRetrySeconds(response.headers.get('retry-after'));
  return seconds === null ? undefined : Math.min(seconds, RETRY_AFTER_BELIEVED_SECONDS);
}

/** The code with which Buji itself refuses; undefined where something on the way has spoken, or nothing was refused. */
export async function readProblem(response: Response): Promise<string | undefined> {
  const { type, code } = ((await response.json().catch(() => null)) ?? {}) as { type?: unknown; code?: string };
  return code && type === PROBLEM_TYPE + code ? code : undefined;
}
