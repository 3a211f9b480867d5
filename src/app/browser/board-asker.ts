import type { Board } from '../../contract/circles.ts';
import { PERSON_HEADER } from '../../contract/people.ts';
import { fetchInTime, readProblem, readRetryAfter } from '../phone/in-time.ts';

/**
 * What a service says of a board: its newest, that its reader may not see it (any more), that nobody is signed in, or that it has
 * no time for that now.
 */
export type BoardAnswer = Board | 'gone' | 'signed-out' | 'busy';

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
   * @returns null where there is no answer of Buji's now: what is in between may refuse by the same statuses. 'busy' also for as
   * long as the service wants to be left alone
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
    if (Date.now() < this.#notBefore) return 'busy';
    const response = await this.#fetch(this.#path, {
      headers: { 'if-none-match': `"${position}"`, [PERSON_HEADER]: this.#person },
    });
    if (response?.ok) return (await response.json()) as Board;
    if (!response) return null;
    const code = await readProblem(response);
    if (response.status === 401 && code === 'not-signed-in') return 'signed-out';
    if (response.status === 404 && code === 'not-found') return 'gone';
    const seconds = readRetryAfter(response);
    if (seconds === undefined && code !== 'unavailable' && code !== 'too-many-requests') return null;
    this.#notBefore = Date.now() + (seconds ?? 0) * 1_000;
    return 'busy';
  }
}
