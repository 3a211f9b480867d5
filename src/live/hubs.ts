import type { Logger } from 'pino';
import type { Keys } from '../store/keys.ts';
import type { Connection } from './connection.ts';
import type { Gate } from './gate.ts';
import { Hub, type HubHost } from './hub.ts';
import { type RecoveryDeps, recoverHub } from './hub-recovery.ts';
import type { LiveData } from './live-data.ts';
import type { LiveMetrics } from './live-metrics.ts';
import { RecentMemory } from './recent-memory.ts';
import { readSnapshot } from './snapshot.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { TickWriter } from './tick-writer.ts';

export interface HubsDeps {
  data: LiveData;
  subscriptions: Subscriptions;
  keys: Keys;
  gate: Gate;
  writer: TickWriter;
  metrics: LiveMetrics;
  maxPendingEvents: number;
  recentEvents: number;
  recentBytes: number;
  recentSeconds: number;
  log: Logger;
  now(): number;
}

const settled = Promise.resolve();

/** The circles that have a connection here, each with one subscription, from its first connection to its last. */
export class Hubs {
  readonly #hubs = new Map<string, { hub: Hub; subscribed: Promise<void> }>();
  readonly #deps: HubsDeps;
  readonly #host: HubHost;

  constructor(deps: HubsDeps) {
    const { writer, metrics, maxPendingEvents, recentEvents, recentBytes, recentSeconds, log, now } = deps;
    this.#deps = deps;
    this.#host = {
      writer,
      metrics,
      maxPendingEvents,
      recentEvents,
      recentMemory: new RecentMemory({ maxBytes: recentBytes, maxAgeMs: recentSeconds * 1_000, now }),
      log,
      now,
      recover: (hub) => this.#recover(hub),
      onEmpty: (hub) => this.#drop(hub),
    };
  }

  get count(): number {
    return this.#hubs.size;
  }

  /**
   * Lets a connection in at a circle, or in again: subscribes first, then reads what it missed since `position` ('' or lost: the
   * board), then events. Resolves when that is done or the connection is out of the circle; never rejects.
   */
  attach(connection: Connection, circle: string, position: string): Promise<void> {
    const former = connection.findAttachment(circle);
    const { hub, subscribed } = this.#hubs.get(circle) ?? this.#open(circle);
    const attachment = hub.add(connection);
    // After the new one came, so that the hub is not dropped in between.
    former?.detach();
    return readSnapshot(hub, attachment, position, subscribed, this.#deps);
  }

  /** The person joined this circle elsewhere. */
  attachJoined(connection: Connection, circle: string): void {
    connection.send({ t: 'joined', circle });
    void this.attach(connection, circle, '');
  }

  #open(circle: string): { hub: Hub; subscribed: Promise<void> } {
    const hub = new Hub(this.#host, circle);
    const entry = { hub, subscribed: this.#deps.subscriptions.subscribe(this.#deps.keys.circle.channel(circle), hub) };
    this.#hubs.set(circle, entry);
    return entry;
  }

  #drop(hub: Hub): void {
    if (this.#hubs.get(hub.circle)?.hub !== hub) return;
    this.#hubs.delete(hub.circle);
    this.#deps.subscriptions.unsubscribe(this.#deps.keys.circle.channel(hub.circle), hub);
  }

  #recover(hub: Hub): void {
    const { data, gate, log } = this.#deps;
    const deps: RecoveryDeps = {
      data,
      gate,
      log,
      readAnew: (attachment) => void readSnapshot(hub, attachment, '', settled, this.#deps),
      joinAgain: (connection, circle) => this.attachJoined(connection, circle),
    };
    recoverHub(hub, deps).catch((err: unknown) => log.error({ err, circle: hub.circle }, 'circle recovery'));
  }
}
