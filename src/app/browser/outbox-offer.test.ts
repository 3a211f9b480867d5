import { describe, expect, it } from 'vitest';
import { BOARD, row } from '../../testing/sample-board.ts';
import { makeEntry } from '../phone/outbox-entry.ts';
import { isSpent, offerAgain } from './outbox-offer.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const HOUR = 3_600_000;
const sent = { ...makeEntry('0190b', 'me', { condition: 'help' }, NOW - HOUR), state: 'sent' as const, isTried: true };

/** My own row with the status of that id, in a given epoch. */
function boardWith(id: string | null, epoch = '00000002') {
  const mine = row('me', id === null ? undefined : 'ok');
  if (mine.status && id !== null) mine.status.id = id;
  return { ...BOARD, position: `${epoch}-9`, members: [row('mum', 'ok'), mine] };
}

describe('offerAgain', () => {
  it.each([null, '0190a'])('offers the newest with its id and its time where the board has %j', (id) => {
    const again = offerAgain([sent], 'me', boardWith(id), NOW);
    expect(again).toMatchObject({ id: '0190b', savedAt: sent.savedAt, state: 'waiting', dueAt: NOW });
  });

  it('does so once in each epoch of a circle', () => {
    const again = offerAgain([sent], 'me', boardWith(null), NOW);
    const done = { ...sent, ...again, state: 'sent' as const };
    expect(offerAgain([done], 'me', boardWith(null), NOW)).toBeUndefined();
    expect(offerAgain([done], 'me', boardWith(null, '00000003'), NOW)?.offered).toEqual({ c: '00000003' });
  });

  it.each(['0190b', '0190c'])('leaves it where the board has it, or something later: %s', (id) => {
    expect(offerAgain([sent], 'me', boardWith(id), NOW)).toBeUndefined();
  });

  it('leaves what is on its way, too old, another circle’s, another person’s, or no longer the newest', () => {
    const board = boardWith(null);
    const later = { ...makeEntry('0190c', 'me', { condition: 'ok' }, NOW), state: 'retracting' as const };
    for (const entries of [
      [],
      [{ ...sent, savedAt: NOW - 30_000 }],
      [{ ...sent, savedAt: NOW - 25 * HOUR }],
      [{ ...sent, status: { condition: 'help' as const, circles: ['other'] } }],
      [{ ...sent, person: 'you' }],
      [{ ...sent, state: 'waiting' as const }],
      [sent, later],
    ]) {
      expect(offerAgain(entries, 'me', board, NOW)).toBeUndefined();
    }
  });
});

describe('isSpent', () => {
  it('lets go what was sent long ago or by another person, and nothing that waits', () => {
    expect(isSpent(sent, 'me', NOW)).toBe(false);
    expect(isSpent({ ...sent, savedAt: NOW - 25 * HOUR }, 'me', NOW)).toBe(true);
    expect(isSpent(sent, 'you', NOW)).toBe(true);
    expect(isSpent({ ...sent, state: 'waiting', savedAt: 0 }, 'you', NOW)).toBe(false);
  });
});
