import type { Board } from '../../contract/circles.ts';
import { fetchInTime, readRetryAfter } from '../phone/in-time.ts';

/** What a service says of a board: its newest, that its reader may not see it (any more), or that nobody is signed in. */
export type BoardAnswer = Board | 'gone' | 'signed-out';

/** Asks for a board by HTTP, for a page whose live connection does not come through. */
export class BoardAsker {
  readonly #path: string;
  readonly #fetch: typeof fetchInTime;
  #asking: Promise<BoardAnswer | null> | null = null;
  #notBefore = 0;
  readonly #person: string;

  /**
   * @param person whose page it is: to somebody else it is not told
   * @param ask the network's, except in tests
   */
  constructor(circleId: string, person: string, ask = fetchInTime) {
    this.#person = person;
    this.#fetch = ask;
    this.#path = `/v1/circles/${circleId}/board`;
  }

  /**
   * One question, over the network alone; whoever asks meanwhile gets the same answer.
   * @param position of the board that is shown: who has one is refused before who has none, while many post
   * @returns null where there is no answer now, or the service wants to be left alone
   */
  ask(position: string): Promise<BoardAnswer | null> {
    this.#asking ??= this.#askOnce(position)
      // An answer that broke off, or one of something on the way, is none.
      .catch(() => null)
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  async #askOnce(position: string): Promise<BoardAnswer | null> {
    if (Date.now() < this.#notBefore) return null;
    const response = await this.#fetch(this.#path, {
      headers: { 'if-none-match': `"${position}"`, 'x-person': this.#person },
    });
    if (response?.ok) return (await response.json()) as Board;
    if (response?.status === 401) return 'signed-out';
    if (response?.status === 404) return 'gone';
    if (response) this.#notBefore = Date.now() + (readRetryAfter(response) ?? 0) * 1_000;
    return null;
  }
}
