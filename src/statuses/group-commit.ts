/** Stores the items that it is given, all or nothing, and answers for each in their order. */
export type CommitItems<Item, Outcome> = (items: Item[]) => Promise<Outcome[]>;

/** More items are waiting than may wait; nothing was stored. */
export class CommitQueueFullError extends Error {}

export interface GroupCommitOptions<Item, Outcome> {
  commit: CommitItems<Item, Outcome>;
  maxItems: number;
  /** Beyond this many waiting items `add` rejects with CommitQueueFullError. */
  maxWaiting: number;
  /** How long a group may gather while commits are slow; none: never. */
  gather?: { maxMs: number; enough: number };
  now?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Group commit: what arrives while a commit is under way waits for the next one, which takes all of it (up to `maxItems`). An
 * idle service commits at once, so nothing is delayed to be grouped; a busy one pays for one script and one fsync per group.
 *
 * Behind (the last commit took `gather.maxMs` or longer, and several wait already) the next group gathers for up to that time,
 * or until `gather.enough` wait: what is slow is then asked less often, and with more.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome> & { now: () => number };
  #waiting: { item: Item; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = [];
  #isCommitting = false;
  #gathering: AbortController | null = null;

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.#options = { now: () => performance.now(), ...options };
  }

  /** Resolves once the item is stored; rejects with what its commit threw, which leaves it open whether it was. */
  add(item: Item): Promise<Outcome> {
    const { maxWaiting, gather } = this.#options;
    if (this.#waiting.length >= maxWaiting) return Promise.reject(new CommitQueueFullError('commit queue is full'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isCommitting) void this.#run();
      else if (gather && this.#waiting.length >= gather.enough) this.#gathering?.abort();
    });
  }

  async #run(): Promise<void> {
    const { commit, maxItems, now } = this.#options;
    this.#isCommitting = true;
    // Whatever else arrived in this turn of the event loop joins the first commit.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, maxItems);
      const startedAt = now();
      try {
        const outcomes = await commit(group.map(({ item }) => item));
        group.forEach(({ resolve }, index) => {
          resolve(outcomes[index] as Outcome);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      await this.#gather(now() - startedAt);
    }
    this.#isCommitting = false;
  }

  async #gather(tookMs: number): Promise<void> {
    const { gather, wait = waitFor } = this.#options;
    const waiting = this.#waiting.length;
    // One alone is not joined by many within so short a time: it goes at once.
    if (!gather || tookMs < gather.maxMs || waiting < 2 || waiting >= gather.enough) return;
    this.#gathering = new AbortController();
    await wait(gather.maxMs, this.#gathering.signal);
    this.#gathering = null;
  }
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
