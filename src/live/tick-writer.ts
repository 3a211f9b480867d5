import { LIVE_GATHER_MAX_MS } from '../contract/limits.ts';
import { Pace } from './pace.ts';

/** Something that collects what is to be written until its turn. `flush` answers how much it was: a hub's deliveries, a connection's writes. */
export interface Flushable {
  flush(): number;
}

/** Whoever is written to. */
export interface Writable extends Flushable {
  /** When it was written to by a round, by `performance.now`; 0 before the first. */
  writtenAt: number;
}

/** A circle whose news cannot wait for that of others. */
export interface UrgentHub extends Flushable {
  /** Writes what its connections hold. @returns how many were written to */
  flushConnections(): number;
}

/** Timers have no finer grain. */
const SHORTEST_GATHERING_MS = 1;

/**
 * Ends each tick of the event loop with the writes that came up in it: first every circle hands its joined frames to its
 * connections, then every connection writes once. Redis delivers many events per read, and one system call carries them
 * all: measured, four frames in one write cost a third of four writes. A gateway that is behind gathers for longer than a
 * tick, see `Pace`; urgent circles are written at the end of the tick all the same.
 */
export class TickWriter {
  readonly #pace: Pick<Pace, 'gatherMs' | 'note'>;
  #hubs: Flushable[] = [];
  #connections: Writable[] = [];
  #urgent = new Set<UrgentHub>();
  #isScheduled = false;
  /** What is scheduled comes later than at the end of this tick. */
  #isGathering = false;

  constructor(pace: Pick<Pace, 'gatherMs' | 'note'> = new Pace()) {
    this.#pace = pace;
  }

  addHub(hub: Flushable): void {
    this.#hubs.push(hub);
    this.#schedule();
  }

  addConnection(connection: Writable): void {
    this.#connections.push(connection);
    this.#schedule();
  }

  /** Of a circle that was added already: it has something that must not wait until the gathering ends. */
  hurry(hub: UrgentHub): void {
    if (!this.#isGathering) return;
    this.#urgent.add(hub);
    if (this.#urgent.size === 1) setImmediate(this.#runUrgent);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { gatherMs } = this.#pace;
    this.#isGathering = gatherMs >= SHORTEST_GATHERING_MS;
    if (this.#isGathering) setTimeout(this.#run, gatherMs);
    else setImmediate(this.#run);
  }

  #run = (): void => {
    const startedAt = performance.now();
    let deliveries = 0;
    let writes = 0;
    let sparable = 0;
    const hubs = this.#hubs;
    this.#hubs = [];
    for (const hub of hubs) deliveries += hub.flush();
    // Only now: the connections that hubs added are written below and need no further run.
    this.#isScheduled = false;
    this.#isGathering = false;
    const connections = this.#connections;
    this.#connections = [];
    for (const connection of connections) {
      if (connection.flush() === 0) continue;
      writes += 1;
      if (startedAt - connection.writtenAt < LIVE_GATHER_MAX_MS) sparable += 1;
      connection.writtenAt = startedAt;
    }
    this.#pace.note({ deliveries, writes, sparable, spentMs: performance.now() - startedAt });
  };

  #runUrgent = (): void => {
    const startedAt = performance.now();
    const urgent = this.#urgent;
    this.#urgent = new Set();
    let deliveries = 0;
    let writes = 0;
    for (const hub of urgent) {
      deliveries += hub.flush();
      writes += hub.flushConnections();
    }
    this.#pace.note({ deliveries, writes, sparable: 0, spentMs: performance.now() - startedAt });
  };
}
