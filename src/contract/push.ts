import { type Static, Type } from 'typebox';
import { Id } from './ids.ts';
import { PUSH_ENDPOINT_MAX, REACHED_IDS_MAX } from './limits.ts';

/**
 * The browser's own `PushSubscription.toJSON()` (Push API, section 8), exempt from the rule on unknown fields because
 * browsers add some. `timeZone` (IANA) is ours: alerts carry clock times.
 */
export const PushSubscription = Type.Object({
  endpoint: Type.String({ maxLength: PUSH_ENDPOINT_MAX, pattern: '^https?://' }),
  keys: Type.Object({
    p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}=?$', description: 'uncompressed P-256 point, base64url' }),
    auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}(==)?$', description: '16 bytes, base64url' }),
  }),
  timeZone: Type.Optional(Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_+/-]+$' })),
});
export type PushSubscription = Static<typeof PushSubscription>;

/** What a service worker reports: the ids that the alert carried in `data.statuses`. */
export const Reached = Type.Object(
  { ids: Type.Array(Id, { minItems: 1, maxItems: REACHED_IDS_MAX, uniqueItems: true }) },
  { additionalProperties: false },
);
export type Reached = Static<typeof Reached>;

/**
 * Declarative Web Push (Safari 18.4 reads it without our service worker; ours reads the same). Only of a `mutable` message does
 * such a browser tell the service worker at all (Push API, editor's draft, "declarative push message": `mutable` "causes a push
 * event to be dispatched"), and without that nobody hears that the alert arrived. `navigate` is an absolute
 * URL of our own origin. `tag` replaces an older alert of the same circle where the platform honours it.
 */
export interface AlertPayload {
  web_push: 8030;
  mutable: true;
  notification: {
    title: string;
    body: string;
    navigate: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    tag: string;
    silent: boolean;
    timestamp: number;
    data: {
      kind: 'help' | 'withdrawn' | 'digest' | 'test' | 'device';
      circle: string | null;
      /** Whose emergency numbers its reader's phone is to keep (ISO 3166-1): the country may have been chosen on another one. */
      country: string;
      /** Statuses whose arrival the service worker reports; absent where an alert tells of none. Ids only, never shown. */
      statuses?: string[];
    };
  };
  /** Number for the app's icon: people of whom the alert brings news. Absent where it brings none. */
  app_badge?: number;
}
