import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  DELIVERY_NOTICES_MAX,
  DELIVERY_NOTICES_PER_SECOND,
  HELP_NOTICES_MAX,
  HELP_NOTICES_PER_SECOND,
} from '../contract/limits.ts';
import { type DeliveryNotice, formatControlMessage } from '../store/control-messages.ts';
import type { Keys } from '../store/keys.ts';

const FLUSH_MS = 1_000;

/**
 * Tells gateways of statuses that have come further or were taken back, so that their authors see it without asking: one for
 * each process. Gathered for a second and bounded: a hundred confirmations of one status are one notice, and a burst costs so
 * many a second, however large. Most notices are hints: what is lost, the author sees with their next look. Those of *help*
 * have places of their own, go first, again where they could not be told, and at the end of the process all at once: somebody
 * waits to be heard.
 */
export class DeliveryNotices {
  readonly #redis: Redis;
  readonly #keys: Keys;
  readonly #log: Logger;
  readonly #waiting = new Map<string, DeliveryNotice>();
  readonly #waitingHelp = new Map<string, DeliveryNotice>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(redis: Redis, keys: Keys, log: Logger) {
    this.#redis = redis;
    this.#keys = keys;
    this.#log = log;
  }

  tell(notices: readonly DeliveryNotice[]): void {
    for (const notice of notices) {
      const [waiting, most] = notice.isHelp ? [this.#waitingHelp, HELP_NOTICES_MAX] : [this.#waiting, DELIVERY_NOTICES_MAX];
      if (waiting.size < most) waiting.set(notice.status, notice);
    }
    this.#plan();
  }

  /** Tells what waits of *help*, and forgets the rest. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting.clear();
    while (this.#waitingHelp.size > 0) await this.#publish(take(this.#waitingHelp, HELP_NOTICES_PER_SECOND));
  }

  #plan(): void {
    if (this.#isClosed || this.#waiting.size + this.#waitingHelp.size === 0) return;
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref();
  }

  #flush(): void {
    this.#timer = null;
    const help = take(this.#waitingHelp, HELP_NOTICES_PER_SECOND);
    const others = take(this.#waiting, DELIVERY_NOTICES_PER_SECOND);
    this.#plan();
    void this.#publish([...help, ...others]).then((isTold) => {
      if (!isTold && !this.#isClosed) this.tell(help);
    });
  }

  async #publish(notices: DeliveryNotice[]): Promise<boolean> {
    try {
      await this.#redis.publish(this.#keys.control, formatControlMessage({ t: 'delivery', notices }));
      return true;
    } catch (err) {
      this.#log.debug({ err }, 'delivery notices');
      return false;
    }
  }
}

/** The oldest so many, which then wait no more. */
function take(waiting: Map<string, DeliveryNotice>, most: number): DeliveryNotice[] {
  const taken = [...waiting.values()].slice(0, most);
  for (const { status } of taken) waiting.delete(status);
  return taken;
}
