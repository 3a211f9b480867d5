const MICROS_PER_MS = 1_000;
const skew = Number(process.hrtime.bigint()) / MICROS_PER_MS - performance.now() * MICROS_PER_MS;

/** The machine's monotonic clock in microseconds: the same in every process, and no time server moves it. */
export function monotonicMicros(): number {
  return performance.now() * MICROS_PER_MS + skew;
}
