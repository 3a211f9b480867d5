import { describe, expect, it } from 'vitest';
import { countRows } from '../contract/board-counts.ts';
import type { Board, BoardRow } from '../contract/circles.ts';
import type { Condition } from '../contract/statuses.ts';
import { BOARD, row } from '../testing/sample-board.ts';
import { applyEvent, countNews, groupRows, holdRows, placeEvent, sinceWhen } from './board-state.ts';

const SINCE = '2026-03-11T00:00:00.000Z';

function board(members: BoardRow[]): Board {
  return { ...BOARD, members, circle: { ...BOARD.circle, memberCount: members.length } };
}

const names = (rows: BoardRow[]) => rows.map(({ member }) => member.id);

describe('groupRows', () => {
  it('counts an old status as silence, whatever it said', () => {
    const rows = [row('a', 'ok', '2026-03-10T23:59:59.999Z'), row('b', 'ok', SINCE)];
    expect(names(groupRows(rows, SINCE).silent)).toEqual(['a']);
    expect(names(groupRows(rows, SINCE).ok)).toEqual(['b']);
    expect(countRows(rows, SINCE)).toEqual({ ok: 1, evacuated: 0, hurt: 0, help: 0, silent: 1 });
  });

  it('puts the longest silence first, and elsewhere the newest', () => {
    const old = (day: number) => `2026-03-0${day}T00:00:00.000Z`;
    const rows = [row('new', 'ok', old(9)), row('never'), row('old', 'ok', old(2))];
    expect(names(groupRows(rows, SINCE).silent)).toEqual(['never', 'old', 'new']);
    const helps = [row('first', 'help', '2026-03-11T01:00:00.000Z'), row('later', 'help', '2026-03-11T02:00:00.000Z')];
    expect(names(groupRows(helps, SINCE).help)).toEqual(['later', 'first']);
  });
});

describe('sinceWhen', () => {
  it('moves on while the page stays open, and never back', () => {
    expect(sinceWhen({ since: SINCE }, Date.parse('2026-03-11T06:00:00.000Z'))).toBe(SINCE);
    expect(sinceWhen({ since: SINCE }, Date.parse('2026-03-12T06:00:00.000Z'))).toBe('2026-03-11T06:00:00.000Z');
  });
});

describe('placeEvent', () => {
  it.each([
    ['00000001-6', 'old'],
    ['00000001-7', 'old'],
    ['00000001-8', 'next'],
    ['00000001-9', 'gap'],
    ['00000002-8', 'gap'],
    ['nonsense', 'gap'],
  ])('%s after 00000001-7 is %s', (position, place) => {
    expect(placeEvent('00000001-7', position)).toBe(place);
  });
});

describe('applyEvent', () => {
  const circle = 'c';
  const position = '00000001-8';
  const statusOf = (id: string, condition: Condition, writtenAt?: string) => {
    const { status } = row(id, condition, writtenAt);
    if (!status) throw new Error('a row with a condition has a status');
    return status;
  };

  it('takes the newer status and leaves an older one', () => {
    const before = board([row('a', 'ok', '2026-03-11T05:00:00.000Z')]);
    const newer = applyEvent(before, {
      t: 'status',
      circle,
      position,
      status: statusOf('a', 'help', '2026-03-11T05:00:01.000Z'),
    });
    expect(newer.members[0]?.status?.condition).toBe('help');
    expect(newer.position).toBe(position);
    const older = applyEvent(newer, { t: 'status', circle, position, status: statusOf('a', 'hurt', '2026-03-11T04:00:00.000Z') });
    expect(older.members[0]?.status?.condition).toBe('help');
  });

  it('falls back to the status before when one is retracted, and only then', () => {
    const before = board([row('a', 'help')]);
    const id = before.members[0]?.status?.id ?? '';
    const fallback = statusOf('a', 'ok', '2026-03-11T01:00:00.000Z');
    const event = { t: 'retracted', circle, position, author: 'a', status: fallback } as const;
    expect(applyEvent(before, { ...event, id }).members[0]?.status).toEqual(fallback);
    expect(applyEvent(before, { ...event, id: 'another' }).members[0]?.status?.condition).toBe('help');
  });

  it('knows who joined, changed and left', () => {
    const { member } = row('b');
    const joined = applyEvent(board([row('a')]), { t: 'member', circle, position, change: 'joined', member });
    expect(names(joined.members)).toEqual(['a', 'b']);
    expect(joined.circle.memberCount).toBe(2);
    const again = applyEvent(joined, { t: 'member', circle, position, change: 'joined', member });
    expect(names(again.members)).toEqual(['a', 'b']);
    const changed = applyEvent(joined, {
      t: 'member',
      circle,
      position,
      change: 'changed',
      member: { ...member, nickname: 'Bea' },
    });
    expect(changed.members[1]?.member.nickname).toBe('Bea');
    const left = applyEvent(joined, { t: 'member', circle, position, change: 'left', member: { id: 'a' } });
    expect(names(left.members)).toEqual(['b']);
  });

  it('goes on after an event of a kind that it does not know', () => {
    const later = { t: 'check', circle, position } as unknown as Parameters<typeof applyEvent>[1];
    expect(applyEvent(board([row('a')]), later)).toMatchObject({ position, members: [{ member: { id: 'a' } }] });
  });
});

describe('a held board', () => {
  const before = [row('a', 'ok', SINCE), row('b'), row('c', 'hurt', SINCE)];
  const later = '2026-03-11T03:00:00.000Z';
  const now = [row('b', 'help', later), row('c', 'hurt', SINCE), row('new')];

  it('has each row where it stood, with what it says now; without who left and who is new', () => {
    const held = holdRows(before, now, SINCE);
    expect(names(held.silent)).toEqual(['b']);
    expect(held.silent[0]?.status?.condition).toBe('help');
    expect(names(held.hurt)).toEqual(['c']);
    expect(Object.values(held).flat()).toHaveLength(2);
  });

  it('counts whose status is another one', () => {
    expect(countNews(before, now)).toBe(1);
    expect(countNews(before, before)).toBe(0);
    expect(countNews(before, [...before, row('d', 'ok', later)])).toBe(1);
  });
});
