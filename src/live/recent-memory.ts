/** Whatever keeps events of one circle and can let go of all of them. */
export interface EventKeeper {
  /** Lets go of everything, and frees it here. */
  dropAll(): void;
}

export interface RecentMemoryOptions {
  maxBytes: number;
  maxAgeMs: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * What all circles of a gateway may keep together for whoever comes back. The circle that was heard of least recently goes first;
 * what is too old goes when the next event of any circle comes. No timer: without events nothing grows.
 */
export class RecentMemory {
  readonly now: () => number;
  readonly #maxBytes: number;
  readonly #maxAgeMs: number;
  /** In the order in which they were last heard of. */
  readonly #keepers = new Map<EventKeeper, { bytes: number; heardAt: number }>();
  #bytes = 0;

  constructor({ maxBytes, maxAgeMs, now }: RecentMemoryOptions) {
    this.#maxBytes = maxBytes;
    this.#maxAgeMs = maxAgeMs;
    this.now = now;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What came before that (ms) is too old. */
  get oldest(): number {
    return this.now() - this.#maxAgeMs;
  }

  /** That many bytes more are kept. May drop all of any keeper, this one too. */
  heard(keeper: EventKeeper, bytes: number): void {
    const entry = this.#keepers.get(keeper) ?? { bytes: 0, heardAt: 0 };
    this.#keepers.delete(keeper);
    this.#keepers.set(keeper, entry);
    entry.bytes += bytes;
    entry.heardAt = this.now();
    this.#bytes += bytes;
    const { oldest } = this;
    for (const [other, { heardAt }] of this.#keepers) {
      if (this.#bytes <= this.#maxBytes && heardAt >= oldest) break;
      other.dropAll();
    }
  }

  /** That many bytes fewer are kept. */
  free(keeper: EventKeeper, bytes: number): void {
    const entry = this.#keepers.get(keeper);
    if (!entry) return;
    entry.bytes -= bytes;
    this.#bytes -= bytes;
    if (entry.bytes === 0) this.#keepers.delete(keeper);
  }
}
