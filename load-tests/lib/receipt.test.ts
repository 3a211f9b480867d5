import { expect, it } from 'vitest';
import type { Receipt } from '../../src/contract/statuses.ts';
import { isReceiptFor } from './receipt.ts';

const AT = '2026-03-11T05:46:18.000Z';
const OWN = ['family', 'class'];
const receipt = (circles: string[], id = 'one'): Receipt => ({ id, writtenAt: AT, acceptedAt: AT, circles });

it('takes all circles of the poster, or those that the post named, in any order', () => {
  expect(isReceiptFor(receipt(['class', 'family']), { id: 'one', condition: 'ok' }, OWN)).toBe(true);
  expect(isReceiptFor(receipt(['class']), { id: 'one', condition: 'ok', circles: ['class'] }, OWN)).toBe(true);
});

it.each<[string, Receipt, string[] | undefined]>([
  ['drops a circle', receipt(['family']), undefined],
  ['drops the only circle', receipt([]), ['class']],
  ['adds one that the post did not name', receipt(['class', 'family']), ['class']],
  ['names another', receipt(['family']), ['class']],
  ['names one twice and drops the other', receipt(['family', 'family']), undefined],
  ['is for another status', receipt(OWN, 'two'), undefined],
])('finds a receipt that %s', (_, answer, circles) => {
  expect(isReceiptFor(answer, { id: 'one', condition: 'ok', ...(circles && { circles }) }, OWN)).toBe(false);
});
