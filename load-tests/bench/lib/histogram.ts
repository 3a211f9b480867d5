/** Parts that an octave is cut into: a figure is exact to 3 %, which is less than two runs differ by. */
const PARTS = 32;
const OCTAVES = 32;

/** Latencies in microseconds, in buckets that grow with the value; adding costs a few nanoseconds. */
export class Histogram {
  readonly counts: Uint32Array;
  total = 0;
  max = 0;

  constructor(counts: ArrayLike<number> = []) {
    this.counts = new Uint32Array(PARTS * OCTAVES);
    this.counts.set(Array.from(counts));
    for (const count of this.counts) this.total += count;
  }

  add(micros: number): void {
    const value = micros < 1 ? 1 : micros;
    if (value > this.max) this.max = value;
    const octave = 31 - Math.clz32(value);
    const part = Math.floor((value / 2 ** octave - 1) * PARTS);
    const index = octave * PARTS + part;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total += 1;
  }

  /** The value in milliseconds that this share (0 to 1) does not exceed; 0 where nothing was added. */
  percentile(share: number): number {
    const rank = Math.ceil(this.total * share);
    let seen = 0;
    for (let index = 0; index < this.counts.length; index++) {
      seen += this.counts[index] ?? 0;
      if (seen >= rank && seen > 0) return (2 ** Math.floor(index / PARTS) * (1 + ((index % PARTS) + 0.5) / PARTS)) / 1_000;
    }
    return 0;
  }
}
