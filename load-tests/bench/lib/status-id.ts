const MICROS_PER_MS = 1_000;
/** Steps of the 12 bits behind the version digit (RFC 9562, section 6.2, method 3: a fraction of the millisecond). */
const FRACTIONS = 4_096;
const HEX = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);

/**
 * A UUIDv7 that says when it was due to be sent, to a quarter of a microsecond, and which post of the run it is: so whoever
 * receives it knows its latency without a table, and every contender carries the same bytes. The time is the machine's own
 * monotonic clock, which poster and receiver share; nobody reads a date from it.
 */
export function makeStatusId(micros: number, sequence: number): string {
  const ms = Math.floor(micros / MICROS_PER_MS);
  const fraction = Math.floor(((micros - ms * MICROS_PER_MS) / MICROS_PER_MS) * FRACTIONS);
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${fraction.toString(16).padStart(3, '0')}-8000-${sequence.toString(16).padStart(12, '0')}`;
}

/** When the id that begins at `at` was due, in microseconds. */
export function readMicros(bytes: Uint8Array, at: number): number {
  const ms = readHex(bytes, at, 8) * 65_536 + readHex(bytes, at + 9, 4);
  return ms * MICROS_PER_MS + (readHex(bytes, at + 15, 3) / FRACTIONS) * MICROS_PER_MS;
}

/** Which post of the run it is. */
export function readSequence(bytes: Uint8Array, at: number): number {
  return readHex(bytes, at + 28, 8);
}

function readHex(bytes: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) value = value * 16 + (HEX[bytes[index] ?? 0] ?? 0);
  return value;
}
