/** How the items of a round ended, in their order: undefined, or why one failed. */
export type RoundOutcomes = (Error | undefined)[];

export interface RoundsOptions<Item> {
  /** Works on all items of a round; one that rejects has failed all of them. */
  work: (items: Item[]) => Promise<RoundOutcomes>;
  /** Rounds under way at once. */
  atOnce: number;
  /** A round takes items until they weigh so much together. */
  mostWeight: number;
  weigh: (item: Item) => number;
}

/**
 * Joins items that are worked on at the same time: with nothing under way an item begins at once, and what comes while all
 * rounds are under way waits for the next one, which takes all of it. So nothing waits to be joined while there is little to do,
 * and rounds grow by themselves when there is much.
 */
export class Rounds<Item> {
  readonly #options: RoundsOptions<Item>;
  #waiting: { item: Item; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #running = 0;

  constructor(options: RoundsOptions<Item>) {
    this.#options = options;
  }

  /** Resolves once the item is done; rejects with why it, or its whole round, failed. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running < this.#options.atOnce) void this.#run();
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
          const error = outcomes[index];
          if (error) reject(error);
          else resolve();
        });
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    this.#running -= 1;
  }

  /** The next round: at least one item. */
  #take() {
    let weight = 0;
    const end = this.#waiting.findIndex(({ item }) => {
      const isFull = weight >= this.#options.mostWeight;
      weight += this.#options.weigh(item);
      return isFull;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}
