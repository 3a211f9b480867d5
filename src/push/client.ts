import { setMaxListeners } from 'node:events';
import { Agent, request } from 'undici';
import { PUSH_ANSWER_MAX_BYTES, PUSH_DEADLINE_MS } from '../contract/limits.ts';
import { lookupPublic } from './addresses.ts';

/** Connections kept to one push service: at least the jobs worked on at once, so that no request waits for another one. */
const CONNECTIONS_PER_ORIGIN = 64;
/** Push services keep idle connections for minutes; ours are kept long enough to bridge the pauses between digests. */
const KEEP_ALIVE_MS = 60_000;
/** Requests that begin within this share a deadline, which is then so much early at most: a signal for each is a good part of what a push costs. */
const DEADLINE_SHARED_MS = 20;

export interface PushRequest {
  endpoint: string;
  headers: Record<string, string>;
  body: Buffer;
  /** The operator named this origin: it may be on an inside address. */
  isTrusted: boolean;
}

/** What the push service said. */
export interface PushAnswer {
  statusCode: number;
  retryAfter: string | undefined;
}

export interface PushClient {
  /** @throws when there is no answer within the deadline: the network, DNS, TLS, or an address that points inside. */
  post(request: PushRequest): Promise<PushAnswer>;
  close(): Promise<void>;
}

/**
 * HTTP for push services: connections are kept, redirects are not followed, and connecting, sending and answering share one
 * deadline, so that a service that trickles holds a job no longer than one that is silent.
 */
export function createPushClient(deadlineMs = PUSH_DEADLINE_MS): PushClient {
  const options = { connections: CONNECTIONS_PER_ORIGIN, keepAliveTimeout: KEEP_ALIVE_MS, pipelining: 1 };
  const outside = new Agent({ ...options, connect: { lookup: lookupPublic, timeout: deadlineMs } });
  const anywhere = new Agent({ ...options, connect: { timeout: deadlineMs } });
  let shared = { signal: AbortSignal.abort(), until: 0 };

  function findDeadline(): AbortSignal {
    const at = performance.now();
    if (at > shared.until) {
      shared = { signal: AbortSignal.timeout(deadlineMs), until: at + DEADLINE_SHARED_MS };
      setMaxListeners(0, shared.signal);
    }
    return shared.signal;
  }

  return {
    async post({ endpoint, headers, body, isTrusted }) {
      const signal = findDeadline();
      const dispatcher = isTrusted ? anywhere : outside;
      const answer = await request(endpoint, { method: 'POST', headers, body, signal, dispatcher });
      // Read only to free the connection. The status is known by now: a body that breaks off changes nothing.
      await answer.body.dump({ limit: PUSH_ANSWER_MAX_BYTES, signal }).catch(() => undefined);
      const retryAfter = answer.headers['retry-after'];
      return { statusCode: answer.statusCode, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
    },
    async close() {
      await Promise.all([outside.destroy(), anywhere.destroy()]);
    },
  };
}
