import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import { PUSH_ANSWER_MAX_BYTES, PUSH_DEADLINE_MS, PUSH_LANE_IN_FLIGHT } from '../contract/limits.ts';
import { lookupPublic } from './addresses.ts';

/**
 * Connections kept to one push service: as many as a lane has requests on their way at once, so that none of its requests
 * waits for another one. Each lane of a provider needs a client of its own for that.
 */
const CONNECTIONS_PER_ORIGIN = PUSH_LANE_IN_FLIGHT;
/** Push services keep idle connections for minutes; ours are kept long enough to bridge the pauses between digests. */
const KEEP_ALIVE_MS = 60_000;
/** How often requests are looked at whose deadline may have passed: one timer for all of them, each so much late at most. */
const DEADLINE_STEP_MS = 20;

export interface PushRequest {
  endpoint: URL;
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
 * deadline, so that a service that trickles holds a job no longer than one that is silent. Speaks to undici by its handlers: a
 * stream for each answer's body, which nobody reads, and a signal for each deadline are a good part of what a push costs.
 */
export function createPushClient(deadlineMs = PUSH_DEADLINE_MS): PushClient {
  const options = { connections: CONNECTIONS_PER_ORIGIN, keepAliveTimeout: KEEP_ALIVE_MS, pipelining: 1 };
  const outside = new Agent({ ...options, connect: { lookup: lookupPublic, timeout: deadlineMs } });
  const anywhere = new Agent({ ...options, connect: { timeout: deadlineMs } });
  /** On their way, in the order of their deadlines. */
  const open = new Set<OpenRequest>();
  let timer: NodeJS.Timeout | null = null;

  function giveUpLate(): void {
    const now = performance.now();
    for (const request of open) {
      if (request.deadline > now) break;
      request.giveUp();
    }
    timer = open.size > 0 ? setTimeout(giveUpLate, DEADLINE_STEP_MS) : null;
  }

  return {
    post({ endpoint, headers, body, isTrusted }) {
      return new Promise((resolve, reject) => {
        const request = new OpenRequest(performance.now() + deadlineMs, resolve, reject, () => open.delete(request));
        open.add(request);
        timer ??= setTimeout(giveUpLate, DEADLINE_STEP_MS);
        const { origin, pathname, search } = endpoint;
        const path = `${pathname}${search}`;
        (isTrusted ? anywhere : outside).dispatch({ origin, path, method: 'POST', headers, body }, request);
      });
    },
    async close() {
      await Promise.all([outside.destroy(), anywhere.destroy()]);
      if (timer) clearTimeout(timer);
    },
  };
}

/** One request, as undici tells of it. */
class OpenRequest implements Dispatcher.DispatchHandler {
  readonly deadline: number;
  readonly #resolve: (answer: PushAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #onEnd: () => void;
  #controller: Dispatcher.DispatchController | null = null;
  #answer: PushAnswer | null = null;
  #isGivenUp = false;
  #bytes = 0;

  constructor(deadline: number, resolve: (answer: PushAnswer) => void, reject: (error: Error) => void, onEnd: () => void) {
    this.deadline = deadline;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#onEnd = onEnd;
  }

  /** Ends it with what is known. One that waits for a connection is not sent when it gets one. */
  giveUp(): void {
    this.#isGivenUp = true;
    const late = new DOMException('no answer within the deadline', 'TimeoutError');
    this.#end(late);
    this.#controller?.abort(late);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isGivenUp) controller.abort(new DOMException('no connection within the deadline', 'TimeoutError'));
  }

  onResponseStart(_: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    if (statusCode < 200) return; // more is to come
    const retryAfter = headers['retry-after'];
    this.#answer = { statusCode, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
  }

  /** Read only to free the connection. */
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > PUSH_ANSWER_MAX_BYTES) controller.abort(new Error('the answer is too long'));
  }

  onResponseEnd(): void {
    this.#end(new Error('no answer'));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#end(error);
  }

  /** The status counts once it is known: a body that breaks off, or does not end, changes nothing. */
  #end(error: Error): void {
    this.#onEnd();
    if (this.#answer) this.#resolve(this.#answer);
    else this.#reject(error);
  }
}
