import { RETRY_AFTER_MAX_SECONDS } from '../../contract/limits.ts';
import type { AlertPayload } from '../../contract/push.ts';
import { readRetrySeconds } from '../../contract/send-again.ts';

/** A phone that has just got a push has a network, but maybe one that drops three packets in four. */
const TRIES = 3;
const DEADLINE_MS = 8_000;
/** A refusal that asks for a longer pause than a browser lets a push take is the last answer. */
const PATIENCE_SECONDS = 30;

/** What a service worker has. */
export interface Reach {
  fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'headers'>>;
  /** Resolves after so many ms. */
  wait: (ms: number) => Promise<unknown>;
}

/**
 * Tells the service that an alert has arrived, so that its author learns of it. Tried a few times within a browser's patience
 * and then let be; never rejects, for the alert itself must not suffer. `text`: the push as it came.
 */
export async function reportReached(text: string, { fetch, wait }: Reach): Promise<void> {
  const ids = readStatuses(text);
  if (ids.length === 0) return;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ids }) };
  for (let left = TRIES; left > 0; left--) {
    const stop = new AbortController();
    const deadline = setTimeout(() => stop.abort(), DEADLINE_MS);
    const answer = await fetch('/v1/push/reached', { ...init, signal: stop.signal }).catch(() => null);
    clearTimeout(deadline);
    const pause = answer?.status === 429 ? (readRetrySeconds(answer.headers.get('retry-after')) ?? 0) : 0;
    const isLast = answer !== null && answer.status < 500 && answer.status !== 429;
    if (isLast || left === 1 || pause > PATIENCE_SECONDS) return;
    await wait(Math.max(pause, Math.random() * RETRY_AFTER_MAX_SECONDS) * 1_000);
  }
}

function readStatuses(text: string): string[] {
  try {
    const { notification } = JSON.parse(text) as Partial<AlertPayload>;
    return notification?.data?.statuses ?? [];
  } catch {
    return [];
  }
}
