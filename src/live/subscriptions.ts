import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** What is told of one channel. */
export interface ChannelListener {
  onMessage(message: Buffer): void;
  /** The subscription stands: for the first time, or again after a lost connection. May be told twice. */
  onSubscribed(): void;
  /** The connection is lost; messages may be missed until `onSubscribed`. */
  onLinkLost(): void;
}

interface Entry {
  listener: ChannelListener;
  /** Settles the promise that `subscribe` gave; later calls do nothing. */
  confirm(): void;
}

/** Unanswered for so many beats, the connection is dead although nobody closed it. Two, for one may fall into a busy second. */
const SILENT_BEATS_MAX = 2;

/**
 * The gateway's subscriptions on its one subscriber connection, and the news of whether they stand. It subscribes again by
 * itself after every reconnection, one channel per command: ioredis can do so too, but says nothing of it, and when the
 * connection breaks again between the answers to a command with many channels, it takes later answers for the wrong command.
 */
export class Subscriptions {
  readonly #redis: Redis;
  readonly #log: Logger;
  readonly #entries = new Map<string, Entry>();
  #silentBeats = 0;

  constructor(redis: Redis, log: Logger) {
    this.#redis = redis;
    this.#log = log;
    redis.options.autoResubscribe = false;
    redis.on('messageBuffer', this.#onMessage);
    redis.on('close', this.#onClose);
    redis.on('ready', this.#onReady);
  }

  /**
   * Listens to a channel. A listener that was there before is replaced.
   * @returns a promise of the first confirmation; it outlasts reconnections
   */
  subscribe(channel: string, listener: ChannelListener): Promise<void> {
    return new Promise((resolve) => {
      const entry = { listener, confirm: resolve };
      this.#entries.set(channel, entry);
      // Without a connection it is asked for as soon as there is one.
      if (this.#redis.status === 'ready') this.#ask(channel, entry);
    });
  }

  /**
   * Stops listening. Commands of one connection are carried out in order: a `subscribe` right after this one stands, and
   * messages for the former listener are dropped here.
   */
  unsubscribe(channel: string, listener: ChannelListener): void {
    if (this.#entries.get(channel)?.listener !== listener) return;
    this.#entries.delete(channel);
    this.#sendUnsubscribe(channel);
  }

  /** Checks that the connection still answers; to be called every few seconds. */
  beat(): void {
    if (this.#redis.status !== 'ready') return;
    if (this.#silentBeats >= SILENT_BEATS_MAX) {
      this.#log.warn('subscriber connection does not answer; connecting again');
      this.#silentBeats = 0;
      this.#redis.disconnect(true);
      return;
    }
    this.#silentBeats += 1;
    this.#redis.ping().then(
      () => {
        this.#silentBeats = 0;
      },
      (err: unknown) => this.#log.debug({ err }, 'ping'),
    );
  }

  /** Stops listening to everything, and tells the listeners that nothing more will come; the connection itself belongs to whoever opened it. */
  close(): void {
    this.#redis.off('messageBuffer', this.#onMessage);
    this.#redis.off('close', this.#onClose);
    this.#redis.off('ready', this.#onReady);
    for (const [channel, { listener }] of [...this.#entries]) {
      listener.onLinkLost();
      this.unsubscribe(channel, listener);
    }
  }

  #ask(channel: string, entry: Entry): void {
    this.#redis.subscribe(channel).then(
      () => {
        const current = this.#entries.get(channel);
        if (current === entry) {
          entry.listener.onSubscribed();
          entry.confirm();
        } else if (!current) this.#sendUnsubscribe(channel); // given up while the connection was away
      },
      (err: unknown) => this.#log.warn({ err }, 'subscribe'),
    );
  }

  #sendUnsubscribe(channel: string): void {
    // Without a connection there is nothing to take back: only what has a listener is subscribed again.
    if (this.#redis.status !== 'ready') return;
    this.#redis.unsubscribe(channel).catch((err: unknown) => this.#log.debug({ err }, 'unsubscribe'));
  }

  #onMessage = (channel: Buffer, message: Buffer): void => {
    this.#entries.get(channel.toString('latin1'))?.listener.onMessage(message);
  };

  #onClose = (): void => {
    this.#silentBeats = 0;
    for (const { listener } of this.#entries.values()) listener.onLinkLost();
  };

  #onReady = (): void => {
    for (const [channel, entry] of this.#entries) this.#ask(channel, entry);
  };
}
