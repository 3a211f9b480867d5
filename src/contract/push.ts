import { type Static, Type } from 'typebox';
import { PUSH_ENDPOINT_MAX } from './limits.ts';

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

/**
 * Declarative Web Push (Safari 18.4 reads it without our service worker; ours reads the same). `navigate` is an absolute
 * URL of our own origin. `tag` replaces an older alert of the same circle where the platform honours it.
 */
export interface AlertPayload {
  web_push: 8030;
  notification: {
    title: string;
    body: string;
    navigate: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    tag: string;
    silent: boolean;
    timestamp: number;
    data: { kind: 'help' | 'withdrawn' | 'digest' | 'test' | 'device'; circle: string | null };
  };
}
