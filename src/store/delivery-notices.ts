import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { DELIVERY_NOTICES_MAX, DELIVERY_NOTICES_PER_SECOND } from '../contract/limits.ts';
import { formatControlMessage } from './control-messages.ts';
import type { Keys } from './keys.ts';

const FLUSH_MS = 1_000;

/** A status that has come further, and who is to hear of it: its author. */
export interface DeliveryNotice {
  status: string;
  author: string;
}

/**
 * Tells gateways of statuses that have come further, so that their authors see it without asking. Gathered for a second and
 * bounded: a hundred confirmations of one status are one notice, and a burst costs so many a second, however large. A notice
 * is a hint: what is lost, the author sees with their next look.
 */
export class DeliveryNotices {
  readonly #redis: Redis;
  readonly #keys: Keys;
  readonly #log: Logger;
  readonly #waiting = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(redis: Redis, keys: Keys, log: Logger) {
    this.#redis = redis;
    this.#keys = keys;
    this.#log = log;
  }

  tell(notices: readonly DeliveryNotice[]): void {
    for (const { status, author } of notices) {
      if (this.#waiting.size < DELIVERY_NOTICES_MAX) this.#waiting.set(status, author);
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref();
  }

  /** Forgets what waits. */
  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #flush(): void {
    const notices = [...this.#waiting].slice(0, DELIVERY_NOTICES_PER_SECOND).map(([status, author]) => ({ status, author }));
    for (const { status } of notices) this.#waiting.delete(status);
    this.#timer = null;
    this.tell([]);
    this.#redis
      .publish(this.#keys.control, formatControlMessage({ t: 'delivery', notices }))
      .catch((err: unknown) => this.#log.debug({ err }, 'delivery notices'));
  }
}
