import { expect, it } from 'vitest';
import { makeStatusId, readMicros, readSequence } from './status-id.ts';

it('says when it was due, to a quarter of a microsecond, and which post of the run it is', () => {
  for (const [micros, sequence] of [
    [0, 0],
    [1_234_567_890.5, 7_999_999],
    [86_400_000_000, 1],
  ] as const) {
    const bytes = Buffer.from(`{"id":"${makeStatusId(micros, sequence)}"}`);
    expect(Math.abs(readMicros(bytes, 7) - micros)).toBeLessThan(0.25);
    expect(readSequence(bytes, 7)).toBe(sequence);
  }
});

it('is a UUIDv7, which Buji insists on', () => {
  expect(makeStatusId(1_234_567, 255)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-0000000000ff$/);
});
