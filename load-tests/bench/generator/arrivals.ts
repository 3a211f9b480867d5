import { choosePost, type Shape } from '../lib/world.ts';

const FIRST_POSTS = 65_536;

/**
 * Which socket has which post: a bit for each member of a post's group, so that one delivery that is missing and one that came
 * twice never make up for each other. Adding costs some additions and one byte's write.
 */
export class Arrivals {
  readonly #shape: Shape;
  readonly #bytesPerPost: number;
  #bits: Uint8Array;
  readonly #again = new Map<number, number>();
  /** Posts that came to a socket of somebody who is in none of their circles. */
  strangers = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#bytesPerPost = Math.ceil(shape.members / 8);
    this.#bits = new Uint8Array(this.#bytesPerPost * FIRST_POSTS);
  }

  /** The n-th post came to this person's socket. @returns whether it was the first time, and meant for them */
  add(sequence: number, person: number): boolean {
    const { circlesEach, members } = this.#shape;
    const group = Math.floor(choosePost(this.#shape, sequence).circle / circlesEach);
    const slot = person - group * members;
    if (slot < 0 || slot >= members) {
      this.strangers += 1;
      return false;
    }
    const at = sequence * this.#bytesPerPost + (slot >> 3);
    if (at >= this.#bits.length) this.#grow(at);
    const before = this.#bits[at] ?? 0;
    const bit = 1 << (slot & 7);
    if ((before & bit) !== 0) {
      this.#again.set(sequence, this.againOf(sequence) + 1);
      return false;
    }
    this.#bits[at] = before | bit;
    return true;
  }

  /** How many of its members' sockets have the n-th post. */
  cameTo(sequence: number): number {
    const from = sequence * this.#bytesPerPost;
    let count = 0;
    for (let at = from; at < from + this.#bytesPerPost; at++) {
      for (let byte = this.#bits[at] ?? 0; byte !== 0; byte &= byte - 1) count += 1;
    }
    return count;
  }

  /** How often it came to a socket that had it. */
  againOf(sequence: number): number {
    return this.#again.get(sequence) ?? 0;
  }

  #grow(most: number): void {
    const grown = new Uint8Array(Math.max(this.#bits.length * 2, most + 1));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
