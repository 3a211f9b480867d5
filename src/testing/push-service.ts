import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { AlertPayload, PushSubscription } from '../contract/push.ts';
import { createPushReceiver, type PushReceiver } from './push-receiver.ts';
import { findVapidFault } from './vapid-check.ts';

/** What a push service may do with a request that is in order. A number is answered as the status. */
export type Behaviour =
  | number
  | { status: number; headers: Record<string, string> }
  /** Never answers. */
  | 'hang'
  /** Cuts the connection. */
  | 'reset'
  /** Answers 201 and then one byte of body every 20 ms, for ever. */
  | 'trickle'
  /** 307 to the same subscription under another path. */
  | 'redirect';

/** A push that was in order: checked, decrypted, and what the service answered. */
export interface ReceivedPush {
  endpoint: string;
  headers: IncomingMessage['headers'];
  payload: AlertPayload;
  status: number | null;
}

export interface FakePushService {
  /** Goes into PUSH_ALLOWED_HOSTS. */
  origin: string;
  /** A new browser's subscription, as `PushSubscription.toJSON()` gives it. */
  subscribe(timeZone?: string): PushSubscription;
  /** How requests are treated from now on: those of one endpoint, or all others. */
  behave(behaviour: Behaviour, endpoint?: string): void;
  /** Requests in order that were answered 201, oldest first: what phones got. */
  delivered(endpoint?: string): ReceivedPush[];
  /** Every request in order, however it was answered. */
  readonly received: readonly ReceivedPush[];
  /** What was wrong with the others. A test ends with none of these. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** RFC 8030, section 7.2: what a push service must take. Real ones take no more. */
const BODY_MAX_BYTES = 4_096;

/**
 * A push service over real HTTP that checks what real ones check: VAPID (RFC 8292), TTL, Topic and Urgency (RFC 8030), size,
 * and decrypts like the browser behind it (RFC 8291). `publicKey` is the key that browsers subscribe for.
 */
export async function startFakePushService(publicKey: string | null = null): Promise<FakePushService> {
  const receivers = new Map<string, PushReceiver>();
  const behaviours = new Map<string, Behaviour>();
  const received: ReceivedPush[] = [];
  const faults: string[] = [];
  let behaviourOfAll: Behaviour = 201;
  let origin = '';

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      faults.push(String(error));
      response.writeHead(400).end();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const endpoint = `${origin}${request.url}`;
    const receiver = receivers.get(endpoint);
    const fault = receiver ? findFault(request, body, { audience: origin, publicKey }) : 'unknown subscription';
    if (!receiver || fault) {
      faults.push(fault ?? '');
      response.writeHead(fault === 'too large' ? 413 : 400).end(fault);
      return;
    }
    const payload = JSON.parse(receiver.decrypt(body)) as AlertPayload;
    const behaviour = behaviours.get(endpoint) ?? behaviourOfAll;
    received.push({ endpoint, headers: request.headers, payload, status: act(behaviour, response, endpoint) });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    received,
    faults,
    subscribe(timeZone) {
      const receiver = createPushReceiver();
      const endpoint = `${origin}/push/${randomUUID()}`;
      receivers.set(endpoint, receiver);
      return { endpoint, keys: receiver.keys, ...(timeZone !== undefined && { timeZone }) };
    },
    behave(behaviour, endpoint) {
      if (endpoint === undefined) behaviourOfAll = behaviour;
      else behaviours.set(endpoint, behaviour);
    },
    delivered: (endpoint) => received.filter((push) => push.status === 201 && (endpoint ?? push.endpoint) === push.endpoint),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function findFault(request: IncomingMessage, body: Buffer, vapid: { audience: string; publicKey: string | null }): string | null {
  const { authorization, ttl, topic, urgency = 'normal', 'content-encoding': encoding } = request.headers;
  if (request.method !== 'POST') return 'method';
  if (body.length > BODY_MAX_BYTES) return 'too large';
  if (encoding !== 'aes128gcm') return 'content-encoding';
  if (typeof ttl !== 'string' || !/^\d+$/.test(ttl)) return 'ttl';
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return 'topic';
  if (!['very-low', 'low', 'normal', 'high'].includes(String(urgency))) return 'urgency';
  return findVapidFault(authorization, vapid);
}

/** Does it, and says which status was answered. */
function act(behaviour: Behaviour, response: ServerResponse, endpoint: string): number | null {
  if (behaviour === 'hang') return null;
  if (behaviour === 'reset') {
    response.destroy();
    return null;
  }
  if (behaviour === 'trickle') {
    response.writeHead(201);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
    return 201;
  }
  if (behaviour === 'redirect') {
    response.writeHead(307, { location: `${endpoint}/elsewhere` }).end();
    return 307;
  }
  const { status, headers } = typeof behaviour === 'number' ? { status: behaviour, headers: {} } : behaviour;
  response.writeHead(status, headers).end();
  return status;
}
