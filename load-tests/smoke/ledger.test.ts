import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/contract/circles.ts';
import type { CircleEvent } from '../../src/contract/frames.ts';
import type { Receipt } from '../../src/contract/statuses.ts';
import { createLedger } from './ledger.ts';

/** The load tests' ledger decides whether the service kept its promises: here it must find each promise broken. */
const NOTE = '無事です';
const time = (second: number) => `2026-03-11T05:52:${String(second).padStart(2, '0')}.000Z`;
/** Soon after what is accepted in the first second. */
const NOW = Date.parse(time(1)) + 20;
const receipt = (id: string, second: number, circles = ['family']): Receipt => ({
  id,
  acceptedAt: time(second),
  writtenAt: time(second),
  circles,
});
const author = (id: string) => ({ id, nickname: id, avatar: { emoji: '🐶', colour: 'red' as const }, role: 'member' as const });

function event(id: string, seq: number, { circle = 'family', by = 'mum', note = NOTE } = {}): CircleEvent {
  const status = { id, author: author(by), condition: 'ok' as const, note, writtenAt: time(1), acceptedAt: time(1) };
  return { t: 'status', circle, position: `0a0b0c0d-${seq}`, status };
}

function board(rows: Record<string, string | null>, seconds: Record<string, number> = {}): Board {
  const members = Object.entries(rows).map(([member, id]) => {
    const at = time(id === null ? 0 : (seconds[id] ?? 1));
    return {
      member: author(member),
      status: id === null ? null : { id, author: author(member), condition: 'ok' as const, writtenAt: at, acceptedAt: at },
    };
  });
  const counts = { ok: members.length, evacuated: 0, hurt: 0, help: 0, silent: 0 };
  return { circle: { id: 'family' }, position: '0a0b0c0d-9', since: time(0), counts, members } as Board;
}

/** Mum and Ken are a family; Mum posted `one`, and it was acknowledged. */
function setUp() {
  const ledger = createLedger();
  for (const member of ['mum', 'ken']) ledger.join('family', member);
  ledger.send('mum', { id: 'one', condition: 'ok', note: NOTE }, 1_000);
  ledger.acknowledge(receipt('one', 1));
  return ledger;
}

describe('the ledger of the load tests', () => {
  it('finds nothing where everybody was shown everything', () => {
    const ledger = setUp();
    for (const member of ['mum', 'ken']) ledger.see(member, event('one', 1), NOW);
    expect(ledger.findLost()).toEqual([]);
    expect(ledger.broken).toEqual([]);
    expect(ledger.judgeBoard(board({ mum: 'one', ken: null }))).toEqual([]);
  });

  it('finds an acknowledged status that one member was not shown', () => {
    const ledger = setUp();
    ledger.see('mum', event('one', 1), NOW);
    expect(ledger.findLost()).toEqual(['one in family to ken']);
  });

  it('takes a later board that holds it, or a newer one of the author, for having been shown', () => {
    const ledger = setUp();
    ledger.see('mum', event('one', 1), NOW);
    ledger.seeBoard('ken', board({ mum: 'zero' }, { zero: 0 }));
    expect(ledger.findLost()).toHaveLength(1);
    ledger.seeBoard('ken', board({ mum: 'two' }, { two: 2 }));
    expect(ledger.findLost()).toEqual([]);
  });

  it('takes what nobody was shown for overtaken, once all have a newer one and others came as late, and help never', () => {
    const ledger = setUp();
    for (const [id, condition] of [
      ['cry', 'help'],
      ['two', 'ok'],
      ['tardy', 'ok'],
    ] as const) {
      ledger.send('mum', { id, condition, note: NOTE }, 1_000);
      ledger.acknowledge(receipt(id, id === 'two' ? 2 : 1));
    }
    ledger.see('mum', event('two', 1), NOW);
    expect(ledger.findLost()).toHaveLength(7);
    ledger.see('ken', event('two', 1), NOW);
    expect(ledger.findOvertaken()).toEqual([]);
    expect(ledger.findLost()).toHaveLength(6);
    for (const member of ['mum', 'ken']) ledger.see(member, event('tardy', 2), NOW + 5_001);
    expect(ledger.findOvertaken()).toMatchObject([{ id: 'one', circle: 'family', author: 'mum' }]);
    expect(ledger.findLost()).toEqual(['cry in family to mum', 'cry in family to ken']);
    ledger.see('ken', event('one', 3), NOW + 5_001);
    expect(ledger.findOvertaken()).toEqual([]);
    expect(ledger.findLost()).toContain('one in family to mum');
  });

  it('expects nothing of a status that was not acknowledged', () => {
    const ledger = setUp();
    ledger.send('ken', { id: 'unanswered', condition: 'ok' }, 1_000);
    for (const member of ['mum', 'ken']) ledger.see(member, event('one', 1), NOW);
    expect(ledger.findLost()).toEqual([]);
    expect(ledger.judgeBoard(board({ mum: 'one', ken: 'unanswered' }))).toEqual([]);
  });

  it('counts the same position twice as repeated, and not as broken', () => {
    const ledger = setUp();
    expect(ledger.see('ken', event('one', 1), NOW)).toMatchObject({ isFirst: true, sentAt: 1_000 });
    expect(ledger.see('ken', event('one', 1), NOW)).toMatchObject({ isFirst: false });
    expect(ledger.repeated()).toBe(1);
    expect(ledger.broken).toEqual([]);
  });

  it.each<[string, (ledger: ReturnType<typeof setUp>) => void]>([
    [
      'stands twice',
      (ledger) => {
        ledger.see('mum', event('one', 1), NOW);
        ledger.see('ken', event('one', 2), NOW);
      },
    ],
    [
      'was not sent 2…3',
      (ledger) => {
        ledger.see('ken', event('one', 1), NOW);
        ledger.see('ken', event('one', 4), NOW);
      },
    ],
    ['got an event of circle work', (ledger) => void ledger.see('ken', event('one', 1, { circle: 'work' }), NOW)],
    ['got the board of circle family', (ledger) => ledger.seeBoard('stranger', board({ mum: 'one' }))],
    ['which nobody sent', (ledger) => void ledger.see('ken', event('other', 1), NOW)],
    ['was changed on the way', (ledger) => void ledger.see('ken', event('one', 1, { note: '無事で' }), NOW)],
    ['was changed on the way', (ledger) => void ledger.see('ken', event('one', 1, { by: 'ken' }), NOW)],
    ['two receipts', (ledger) => void ledger.acknowledge(receipt('one', 2))],
    ['was not sent', (ledger) => void ledger.acknowledge(receipt('other', 2))],
  ])('finds what the contract excludes: %s', (what, happen) => {
    const ledger = setUp();
    happen(ledger);
    expect(ledger.broken).toContainEqual(expect.stringContaining(what));
  });

  it('finds a receipt that drops a circle of its author, or names one that the post did not', () => {
    for (const circles of [undefined, ['family']]) {
      const ledger = setUp();
      ledger.join('work', 'mum');
      ledger.send('mum', { id: 'two', condition: 'ok', ...(circles && { circles }) }, 2_000);
      ledger.acknowledge(receipt('two', 2, circles ? ['family', 'work'] : ['family']));
      expect(ledger.broken).toEqual(['the receipt of two has other circles']);
    }
  });

  it('takes the same receipt twice for the same', () => {
    const ledger = setUp();
    expect(ledger.acknowledge(receipt('one', 1))).toBe(false);
    expect(ledger.broken).toEqual([]);
  });

  it('finds a board with an older status, without one, or with counts that do not add up', () => {
    const ledger = setUp();
    ledger.send('mum', { id: 'two', condition: 'ok' }, 2_000);
    ledger.acknowledge(receipt('two', 2));
    expect(ledger.judgeBoard(board({ mum: 'one', ken: null }))).toEqual([expect.stringContaining('has one of mum, not two')]);
    expect(ledger.judgeBoard(board({ mum: null, ken: null }))).toEqual([expect.stringContaining('of mum, not two')]);
    expect(ledger.judgeBoard(board({ mum: 'two' }))).toEqual(['counts of family add up to 1']);
  });

  it('goes on from where a member stood in each of their circles', () => {
    const ledger = setUp();
    ledger.see('ken', event('one', 7), NOW);
    ledger.join('work', 'ken');
    expect(ledger.positionsOf('ken')).toEqual({ family: '0a0b0c0d-7', work: '' });
    expect(ledger.positionsOf('mum')).toEqual({ family: '' });
  });
});
