import { describe, expect, it } from 'vitest';
import { compareStatuses } from '../contract/status-order.ts';
import { orderKeyOf, parseOrderKey } from './order-key.ts';

const ID = '01900000-0000-7000-8000-000000000001';
const OTHER_ID = '01900000-0000-7000-8000-00000000000a';
const at = (writtenAt: string, acceptedAt: string, id = ID) => ({ id, writtenAt, acceptedAt });

const STATUSES = [
  at('1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'),
  at('1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.001Z'),
  at('1970-01-01T00:00:00.001Z', '1970-01-01T00:00:00.001Z'),
  at('2001-09-09T01:46:39.999Z', '2001-09-09T01:46:39.999Z'),
  at('2001-09-09T01:46:40.000Z', '2001-09-09T01:46:40.000Z'),
  at('2026-03-11T05:52:10.000Z', '2026-03-11T05:52:10.000Z'),
  at('2026-03-11T05:52:10.000Z', '2026-03-11T05:52:10.000Z', OTHER_ID),
  at('2026-03-11T05:52:10.000Z', '2026-03-11T05:52:10.001Z'),
  at('2286-11-20T17:46:39.999Z', '2286-11-20T17:46:39.999Z'),
];

describe('orderKeyOf', () => {
  it('orders as compareStatuses does, from 1970 to 2286', () => {
    for (const [index, status] of STATUSES.entries()) {
      for (const newer of STATUSES.slice(index + 1)) {
        expect(orderKeyOf(status) < orderKeyOf(newer)).toBe(true);
        expect(compareStatuses(status, newer)).toBeLessThan(0);
      }
    }
  });

  it('has one width for all, so that a prefix of a board entry is the whole key', () => {
    expect(new Set(STATUSES.map((status) => orderKeyOf(status).length)).size).toBe(1);
  });

  it('takes a moment before 1970 for 1970', () => {
    expect(orderKeyOf(at('1969-12-25T00:00:00.000Z', '1970-01-01T00:00:00.000Z'))).toBe(`0000000000000:0000000000000:${ID}`);
  });

  it('is taken apart again without loss', () => {
    for (const status of STATUSES) expect(parseOrderKey(orderKeyOf(status))).toEqual(status);
  });
});
