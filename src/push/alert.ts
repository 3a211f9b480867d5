import { createHash } from 'node:crypto';
import { PUSH_DIGEST_TTL_SECONDS, PUSH_HELP_TTL_SECONDS, PUSH_PAYLOAD_MAX_BYTES, REACHED_IDS_MAX } from '../contract/limits.ts';
import type { AlertPayload } from '../contract/push.ts';
import { languageOf } from '../i18n/locales.ts';
import type { PushAlert } from '../platform/jobs.ts';
import type { EncodedAlert } from './send.ts';
import type { Reader, Words } from './words.ts';

/** A test is for somebody who looks at the phone now. */
const TEST_TTL_SECONDS = 300;

/** How long an alert is worth delivering, for push services and for our own attempts. */
export const TTL_SECONDS: Readonly<Record<PushAlert['kind'], number>> = {
  digest: PUSH_DIGEST_TTL_SECONDS,
  help: PUSH_HELP_TTL_SECONDS,
  withdrawn: PUSH_HELP_TTL_SECONDS,
  device: PUSH_HELP_TTL_SECONDS,
  test: TEST_TTL_SECONDS,
};

/** `,"statuses":[]` and, for each id, its 36 characters in quotes with a comma. */
const EMPTY_MEMBER_BYTES = 14;
const ID_BYTES = 39;

interface Alert {
  kind: PushAlert['kind'];
  circle: string | null;
  /** Of its reader's profile (ISO 3166-1). */
  country: string;
  /** Alerts about the same thing: the newer one replaces the older, on the phone and at the push service. */
  subject: string;
  /** Of our own pages, without the origin. */
  path: string;
  words: Words;
  /** Statuses whose arrival the phone is to confirm. */
  confirms: string[];
  /** People of whom it brings news; left out where it is about no status. */
  people?: number | undefined;
  /** Moment that it tells of. */
  at: Date;
}

/**
 * The message for one device: Declarative Web Push JSON with its headers. A digest replaces the circle's digest before it; a
 * *help* only gives way to its own withdrawal, so that of two people who need help neither hides the other. Of the statuses to
 * be confirmed it carries the newest that fit.
 */
export function encodeAlert(
  { kind, circle, country, subject, path, words, confirms, people, at }: Alert,
  reader: Reader,
  origin: string,
): EncodedAlert {
  const payload: AlertPayload = {
    web_push: 8030,
    mutable: true,
    notification: {
      ...words,
      navigate: `${origin}${path}`,
      lang: languageOf(reader.locale),
      dir: 'ltr',
      tag: subject,
      silent: false,
      timestamp: at.getTime(),
      data: { kind, circle, country },
    },
    ...(people && { app_badge: people }),
  };
  const statuses = newestThatFit(confirms, PUSH_PAYLOAD_MAX_BYTES - Buffer.byteLength(JSON.stringify(payload)));
  if (statuses.length > 0) payload.notification.data.statuses = statuses;
  return {
    payload: JSON.stringify(payload),
    ttlSeconds: TTL_SECONDS[kind],
    urgency: kind === 'digest' ? 'normal' : 'high',
    topic: topicOf(subject),
  };
}

/** Ids are UUIDv7: their order is that of the phones' clocks. `room`: bytes that the payload has left. */
function newestThatFit(ids: string[], room: number): string[] {
  const most = Math.min(ids.length, REACHED_IDS_MAX, Math.floor((room - EMPTY_MEMBER_BYTES) / ID_BYTES));
  return most > 0 ? ids.toSorted((a, b) => (a < b ? -1 : 1)).slice(-most) : [];
}

/** RFC 8030, section 5.4: at most 32 characters of base64url. A hash, for the push service need not know our ids. */
function topicOf(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url').slice(0, 32);
}
