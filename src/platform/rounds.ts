/** Stores the items that it is given, all or nothing, and answers for each in their order. */
export type CommitItems<Item, Outcome> = (items: Item[]) => Promise<Outcome[]>;

/** More items are waiting than may wait; nothing was stored. */
export class CommitQueueFullError extends Error {}

/**
 * Group commit: what arrives while a commit is under way waits for the next one, which takes all of it (up to `maxItems`). An
 * idle service commits at once, so nothing is delayed to be grouped; a busy one pays for one script and one fsync per group.
 * @param maxWaiting beyond this many waiting items `add` rejects with CommitQueueFullError
 */
export class GroupCommit<Item, Outcome> {
  readonly #commit: CommitItems<Item, Outcome>;
  readonly #maxItems: number;
  readonly #maxWaiting: number;
  #waiting: { item: Item; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = [];
  #isCommitting = false;

  constructor(options: { commit: CommitItems<Item, Outcome>; maxItems: number; maxWaiting: number }) {
    this.#commit = options.commit;
    this.#maxItems = options.maxItems;
    this.#maxWaiting = options.maxWaiting;
  }

  /** Resolves once the item is stored; rejects with what its commit threw, which leaves it open whether it was. */
  add(item: Item): Promise<Outcome> {
    if (this.#waiting.length >= this.#maxWaiting) return Promise.reject(new CommitQueueFullError('commit queue is full'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isCommitting) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isCommitting = true;
    // Whatever else arrived in this turn of the event loop joins the first commit.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#maxItems);
      try {
        const outcomes = await this.#commit(group.map(({ item }) => item));
        group.forEach(({ resolve }, index) => {
          resolve(outcomes[index] as Outcome);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isCommitting = false;
  }
}
