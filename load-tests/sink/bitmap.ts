/** A growing set of small whole numbers, one bit each: what one socket received of one circle's statuses. */
export class Bitmap {
  #bytes = new Uint8Array(8);

  has(index: number): boolean {
    return ((this.#bytes[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }

  /** Answers false where it was in already. */
  add(index: number): boolean {
    const byte = index >> 3;
    if (byte >= this.#bytes.length) {
      const grown = new Uint8Array(Math.max(byte + 1, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    const bit = 1 << (index & 7);
    const before = this.#bytes[byte] ?? 0;
    this.#bytes[byte] = before | bit;
    return (before & bit) === 0;
  }
}
