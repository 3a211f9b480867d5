/** Parts that an octave is cut into: a figure is exact to 3 %, which is less than two runs differ by. */
const PARTS = 32;
const OCTAVES = 32;

/** Latencies in microseconds, in buckets that grow with the value; adding costs a few nanoseconds. */
export class Histogram {
  readonly counts = new Uint32Array(PARTS * OCTAVES);
  total = 0;
  /** The greatest value; of counts from another process, the upper edge of the last bucket that has any. */
  max = 0;

  /** What another process counted: its `counts`, as they came. */
  static of(counts: ArrayLike<number>): Histogram {
    const histogram = new Histogram();
    histogram.counts.set(Array.from(counts));
    for (const [index, count] of histogram.counts.entries()) {
      histogram.total += count;
      if (count > 0) histogram.max = upperEdge(index);
    }
    return histogram;
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

  merge(other: Histogram): void {
    for (let index = 0; index < this.counts.length; index++) {
      this.counts[index] = (this.counts[index] ?? 0) + (other.counts[index] ?? 0);
    }
    this.total += other.total;
    this.max = Math.max(this.max, other.max);
  }

  /** The value in milliseconds that this share (0 to 1) does not exceed, by its bucket's upper edge, so it never flatters; 0 where nothing was added. */
  percentile(share: number): number {
    let left = Math.ceil(this.total * share);
    for (let index = 0; index < this.counts.length && left > 0; index++) {
      left -= this.counts[index] ?? 0;
      if (left <= 0) return Math.min(upperEdge(index), this.max) / 1_000;
    }
    return this.max / 1_000; // beyond an hour there are no buckets
  }
}

/** What a report shows of it, in milliseconds; NaN where nothing was counted, which charts leave out. */
export interface Percentiles {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export function summarise(histogram: Histogram): Percentiles {
  const at = (share: number) => (histogram.total === 0 ? Number.NaN : round(histogram.percentile(share)));
  return { count: histogram.total, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(histogram.max / 1_000) };
}

function upperEdge(index: number): number {
  return 2 ** Math.floor(index / PARTS) * (1 + ((index % PARTS) + 1) / PARTS);
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
