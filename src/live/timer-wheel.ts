/**
 * Deadlines of many sockets on one timer: a ring of slots, one of which is due per turn. Adding and removing cost the same
 * however many there are, and no socket holds a timer of its own.
 */
export class TimerWheel<T> {
  readonly #slots: Set<T>[];
  #current = 0;

  /** @param turns after how many turns something that was added is due */
  constructor(turns: number) {
    // One more than the turns, so that what is added while a slot is worked on waits for its full time.
    this.#slots = Array.from({ length: turns + 1 }, () => new Set<T>());
  }

  /** Puts an item where it is due in a full round. @returns its slot, for `delete` */
  add(item: T): number {
    const slot = (this.#current + this.#slots.length - 1) % this.#slots.length;
    this.#slots[slot]?.add(item);
    return slot;
  }

  delete(item: T, slot: number): void {
    this.#slots[slot]?.delete(item);
  }

  /** Moves on by one turn; answers what is due, which is no longer held. */
  turn(): Iterable<T> {
    this.#current = (this.#current + 1) % this.#slots.length;
    const due = this.#slots[this.#current] ?? new Set<T>();
    this.#slots[this.#current] = new Set();
    return due;
  }
}
