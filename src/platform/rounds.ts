export interface RoundsOptions<Item, Outcome> {
  /** Works on all items of a round and answers for each, in their order. An Error fails its item; a throw fails the whole round. */
  work: (items: Item[]) => Promise<(Outcome | Error)[]>;
  /** Rounds under way at once. */
  atOnce: number;
  /** A round takes items until they weigh so much together. */
  mostWeight: number;
  /** One each, unless it says otherwise. */
  weigh?: (item: Item) => number;
  /** Beyond this many waiting items `add` rejects with RoundsFullError. */
  mostWaiting?: number;
}

/** More items are waiting than may wait; nothing was done with this one. */
export class RoundsFullError extends Error {}

interface Waiting<Item, Outcome> {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/**
 * Joins items that are worked on at the same time (a group commit is one round at once): with nothing under way an item begins at
 * once, and what comes while all rounds are under way waits for the next one, which takes all of it. So nothing waits to be
 * joined while there is little to do, and rounds grow by themselves when there is much.
 */
export class Rounds<Item, Outcome> {
  readonly #options: RoundsOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #running = 0;

  constructor(options: RoundsOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** Resolves once the item is done; rejects with why it, or its whole round, failed. */
  add(item: Item): Promise<Outcome> {
    const { atOnce, mostWaiting = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#waiting.length >= mostWaiting) return Promise.reject(new RoundsFullError('too many items wait'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running < atOnce) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running += 1;
    // Whatever else comes in this turn of the event loop joins the round.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const round = this.#take();
      try {
        const outcomes = await this.#options.work(round.map(({ item }) => item));
        round.forEach(({ resolve, reject }, index) => {
          const outcome = outcomes[index];
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome as Outcome);
        });
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    this.#running -= 1;
  }

  /** The next round: at least one item. */
  #take(): Waiting<Item, Outcome>[] {
    const { mostWeight, weigh = () => 1 } = this.#options;
    let weight = 0;
    const end = this.#waiting.findIndex(({ item }) => {
      const isFull = weight >= mostWeight;
      weight += weigh(item);
      return isFull;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}
