/**
 * Latencies in buckets of fixed relative width, as HdrHistogram has them: counting is one addition, merging is one loop, and
 * a percentile is at most 3 % off. Values are milliseconds, kept from 0.1 ms to about half an hour.
 */
export interface Histogram {
  add(milliseconds: number): void;
  merge(other: Histogram): void;
  /** 0 < `share` <= 1; the upper edge of the bucket, so it never flatters. NaN where nothing was counted. */
  percentile(share: number): number;
  count(): number;
  max(): number;
  readonly buckets: Uint32Array;
}

export interface Percentiles {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

const UNIT_MS = 0.1;
/** Buckets for each doubling: 32 make them 3 % wide. */
const PER_DOUBLING = 32;
const DOUBLINGS = 24;
const BUCKETS = PER_DOUBLING * DOUBLINGS;

export function createHistogram(): Histogram {
  const buckets = new Uint32Array(BUCKETS);
  let total = 0;
  let largest = 0;
  return {
    buckets,
    add(milliseconds) {
      const index = indexOf(milliseconds);
      buckets[index] = (buckets[index] ?? 0) + 1;
      total += 1;
      if (milliseconds > largest) largest = milliseconds;
    },
    merge(other) {
      for (let index = 0; index < BUCKETS; index++) buckets[index] = (buckets[index] ?? 0) + (other.buckets[index] ?? 0);
      total += other.count();
      largest = Math.max(largest, other.max());
    },
    percentile(share) {
      if (total === 0) return Number.NaN;
      let left = Math.ceil(total * share);
      for (let index = 0; index < BUCKETS; index++) {
        left -= buckets[index] ?? 0;
        if (left <= 0) return Math.min(upperEdge(index), largest);
      }
      return largest;
    },
    count: () => total,
    max: () => largest,
  };
}

/** What a report shows of it. */
export function summarise(histogram: Histogram): Percentiles {
  const at = (share: number) => round(histogram.percentile(share));
  return { count: histogram.count(), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(histogram.max()) };
}

/** Linear below one doubling of the unit, then `PER_DOUBLING` equal steps in each doubling. */
function indexOf(milliseconds: number): number {
  const units = milliseconds / UNIT_MS;
  if (!(units >= 1)) return 0;
  const doubling = Math.floor(Math.log2(units));
  const within = Math.floor((units / 2 ** doubling - 1) * PER_DOUBLING);
  return Math.min(BUCKETS - 1, doubling * PER_DOUBLING + within);
}

function upperEdge(index: number): number {
  return UNIT_MS * 2 ** Math.floor(index / PER_DOUBLING) * (1 + ((index % PER_DOUBLING) + 1) / PER_DOUBLING);
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
