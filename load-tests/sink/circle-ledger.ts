import { compareStatuses, type StatusOrder } from '../../src/contract/status-order.ts';
import { timeOfUuidV7 } from '../../src/contract/uuid-v7.ts';
import { Bitmap } from './bitmap.ts';

/** A status as the first frame of it said. */
export interface SeenStatus extends StatusOrder {
  author: string;
  condition: string;
  position: string;
}

/** One status in one circle, and how far it has come. */
export interface Entry extends SeenStatus {
  readonly circle: CircleLedger;
  readonly index: number;
  /** When it was meant to be sent (ms), which its id says. */
  readonly sentAt: number;
  readonly seq: number;
  /** Sockets that have it. */
  got: number;
}

/** Who holds which status of one circle: a bit for each socket and status. */
export class CircleLedger {
  readonly id: string;
  /** The sockets' people; a socket is known by its place here, its slot. */
  readonly members: string[] = [];
  readonly #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  readonly #received: Bitmap[] = [];
  /** By slot, what boards showed instead of events: the newest of each author. */
  readonly #boards: Map<string, StatusOrder>[][] = [];

  constructor(id: string) {
    this.id = id;
  }

  /** Answers the slot. */
  join(person: string): number {
    this.#received.push(new Bitmap());
    this.#boards.push([]);
    return this.members.push(person) - 1;
  }

  find(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  add(status: SeenStatus): Entry {
    const entry: Entry = {
      ...status,
      circle: this,
      index: this.#entries.length,
      sentAt: timeOfUuidV7(status.id),
      seq: Number(status.position.slice(status.position.indexOf('-') + 1)) || 0,
      got: 0,
    };
    this.#entries.push(entry);
    this.#byId.set(entry.id, entry);
    return entry;
  }

  /** Answers false where this socket has it already. */
  receive(entry: Entry, slot: number): boolean {
    const isFirst = this.#received[slot]?.add(entry.index) === true;
    if (isFirst) entry.got += 1;
    return isFirst;
  }

  /** A board stands for everything up to the status it shows of each author. The map may be shared by many sockets. */
  receiveBoard(slot: number, newest: Map<string, StatusOrder>): void {
    for (const { id } of newest.values()) {
      const entry = this.#byId.get(id);
      if (entry) this.receive(entry, slot);
    }
    if (newest.size > 0) this.#boards[slot]?.push(newest);
  }

  /**
   * When the first that may have overtaken this status was accepted (ms), or null where none can have: no socket was sent it, and
   * each that lacks it has a newer one of its author. One that any socket was sent stands in the feed, so it is due to all.
   */
  findOvertakenAt(author: string, status: StatusOrder, lacking: readonly string[]): number | null {
    if (this.#byId.has(status.id)) return null;
    const newer = this.#entries.filter((entry) => entry.author === author && compareStatuses(entry, status) > 0);
    const lacks = new Set(lacking);
    const haveNewer = this.members.every(
      (person, slot) => !lacks.has(person) || newer.some(({ index }) => this.#received[slot]?.has(index) === true),
    );
    return haveNewer && newer.length > 0 ? Math.min(...newer.map(({ acceptedAt }) => Date.parse(acceptedAt))) : null;
  }

  /** The sockets that were neither sent it nor shown a board that holds it or a newer one of its author. */
  lacking(author: string, status: StatusOrder): string[] {
    const entry = this.#byId.get(status.id);
    return this.members.filter((_person, slot) => {
      if (entry && this.#received[slot]?.has(entry.index)) return false;
      return !this.#boards[slot]?.some((board) => {
        const shown = board.get(author);
        return shown !== undefined && compareStatuses(shown, status) >= 0;
      });
    });
  }

  statuses(): readonly Entry[] {
    return this.#entries;
  }
}
