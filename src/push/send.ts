import type { Logger } from 'pino';
import webPush from 'web-push';
import type { PushSubscription } from '../contract/push.ts';
import { readRetrySeconds } from '../contract/send-again.ts';
import type { PushAnswer, PushClient } from './client.ts';
import type { LaneState } from './lane.ts';
import type { AllowList, Destination } from './providers.ts';
import type { VapidHeaders } from './vapid-headers.ts';

/**
 * - `delivered`: the push service took it.
 * - `gone`: the subscription exists no more (404, 410), and only then may it be removed.
 * - `retry-later`: the push service or our network fails; says nothing about the subscription.
 * - `rejected`: this request will never work. It is our bug or our key, so the subscription stays.
 */
export type PushResult =
  | { outcome: 'delivered' }
  | { outcome: 'gone' }
  | { outcome: 'rejected' }
  | { outcome: 'retry-later' /** What the push service asked for, null where it did not. */; retryAfterMs: number | null };

/** One encrypted push. `topic` ≤ 32 base64url characters: a newer one replaces an older one that was not delivered yet. */
export interface EncodedAlert {
  payload: string;
  ttlSeconds: number;
  urgency: 'high' | 'normal';
  topic: string;
}

/** Counts how a push ended, by provider. */
export interface PushMetrics {
  countPush(provider: string, outcome: string): void;
  /** What a lane does from now on; `lane` is its queue's name. */
  setPushLane(lane: string, state: LaneState): void;
}

export type SendPush = (subscription: PushSubscription, encoded: EncodedAlert, about: object) => Promise<PushResult>;

/** Sends pushes. `about` (ids only) goes into log lines; an endpoint never does, as whoever knows it may write to that phone. */
export function createSender(options: {
  allowList: AllowList;
  client: PushClient;
  headers: VapidHeaders;
  log: Logger;
  metrics: Pick<PushMetrics, 'countPush'>;
  now: () => Date;
}): SendPush {
  const { allowList, client, headers, log, metrics, now } = options;

  async function send(
    { keys }: PushSubscription,
    { payload, ttlSeconds, urgency, topic }: EncodedAlert,
    { provider, endpoint, origin, isTrusted }: Destination,
    about: object,
  ): Promise<PushResult> {
    const body = encrypt(keys, payload);
    if (!body) {
      log.error(about, 'push subscription has unusable keys');
      return { outcome: 'rejected' };
    }
    const fields = {
      authorization: headers.authorization(origin),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(ttlSeconds),
      urgency,
      topic,
    };
    let answer: PushAnswer;
    try {
      answer = await client.post({ endpoint, headers: fields, body, isTrusted });
    } catch (error) {
      // Not a warning: while a push service is away this happens to every job. The counter by provider is what to watch.
      log.debug({ ...about, provider, reason: nameOf(error) }, 'push service did not answer');
      return { outcome: 'retry-later', retryAfterMs: null };
    }
    const result = judge(answer, now());
    if (answer.statusCode === 401 || answer.statusCode === 403) headers.forget(origin);
    if (result.outcome === 'rejected') log.error({ ...about, provider, status: answer.statusCode }, reasonOf(answer.statusCode));
    return result;
  }

  return async (subscription, encoded, about) => {
    const destination = allowList.find(subscription.endpoint);
    if (!destination) log.warn(about, 'push host is not allowed any more');
    const result = destination ? await send(subscription, encoded, destination, about) : ({ outcome: 'rejected' } as const);
    metrics.countPush(destination?.provider ?? 'other', result.outcome);
    return result;
  };
}

/** RFC 8291, with a key pair and a salt of its own for each message; null where the subscription's keys are none. */
function encrypt({ p256dh, auth }: PushSubscription['keys'], payload: string): Buffer | null {
  try {
    return webPush.encrypt(p256dh, auth, payload, 'aes128gcm').cipherText;
  } catch {
    return null; // the library's message would repeat parts of the key
  }
}

/** The outcome of an answer (RFC 8030, section 8.4): a subscription is dropped only when its push service says that it is gone. */
export function judge({ statusCode, retryAfter }: PushAnswer, now: Date): PushResult {
  if (statusCode >= 200 && statusCode < 300) return { outcome: 'delivered' };
  if (statusCode === 404 || statusCode === 410) return { outcome: 'gone' };
  const isOurFault = statusCode >= 400 && statusCode < 500 && ![408, 425, 429].includes(statusCode);
  if (isOurFault) return { outcome: 'rejected' };
  return { outcome: 'retry-later', retryAfterMs: parseRetryAfter(retryAfter, now) };
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3); null where neither. */
function parseRetryAfter(value: string | undefined, now: Date): number | null {
  const seconds = readRetrySeconds(value);
  if (seconds !== null) return seconds * 1_000;
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

/** The error's kind. Its text may hold a host, and the endpoint's host and path are a phone's address. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function reasonOf(statusCode: number): string {
  if (statusCode === 413) return 'push was too large: a bug of ours';
  if (statusCode === 401 || statusCode === 403) return 'ALARM: push service refuses our VAPID key';
  return 'push service refused the request: a bug of ours';
}
