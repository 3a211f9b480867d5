import { createHash } from 'node:crypto';
import { PUSH_DIGEST_TTL_SECONDS, PUSH_HELP_TTL_SECONDS } from '../contract/limits.ts';
import type { AlertPayload } from '../contract/push.ts';
import { languageOf } from '../i18n/locales.ts';
import type { PushAlert } from '../platform/queues.ts';
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

interface Alert {
  kind: PushAlert['kind'];
  circle: string | null;
  /** Alerts about the same thing: the newer one replaces the older, on the phone and at the push service. */
  subject: string;
  /** Of our own pages, without the origin. */
  path: string;
  words: Words;
  /** Moment that it tells of. */
  at: Date;
}

/**
 * The message for one device: Declarative Web Push JSON with its headers. A digest replaces the circle's digest before it; a
 * *help* only gives way to its own withdrawal, so that of two people who need help neither hides the other.
 */
export function encodeAlert({ kind, circle, subject, path, words, at }: Alert, reader: Reader, origin: string): EncodedAlert {
  const payload: AlertPayload = {
    web_push: 8030,
    notification: {
      ...words,
      navigate: `${origin}${path}`,
      lang: languageOf(reader.locale),
      dir: 'ltr',
      tag: subject,
      silent: false,
      timestamp: at.getTime(),
      data: { kind, circle },
    },
  };
  return {
    payload: JSON.stringify(payload),
    ttlSeconds: TTL_SECONDS[kind],
    urgency: kind === 'digest' ? 'normal' : 'high',
    topic: topicOf(subject),
  };
}

/** RFC 8030, section 5.4: at most 32 characters of base64url. A hash, for the push service need not know our ids. */
function topicOf(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url').slice(0, 32);
}
