import { describe, expect, it } from 'vitest';
import { countedSince, countRows } from './board-counts.ts';
import type { BoardRow } from './circles.ts';
import type { Condition } from './statuses.ts';

const since = '2026-03-11T05:52:10.000Z';
const justBefore = '2026-03-11T05:52:09.999Z';
const row = (condition: Condition | null, writtenAt = since): BoardRow => {
  const member = { id: 'kai', nickname: 'Kai', avatar: { emoji: '🐶', colour: 'red' }, role: 'member' } as const;
  return { member, status: condition && { id: 'id', author: member, condition, writtenAt, acceptedAt: since } };
};

describe('countRows', () => {
  it('counts what is older than `since` as silent, whatever it said', () => {
    const rows = [row('ok'), row('ok', justBefore), row('help', justBefore), row('help'), row(null)];
    expect(countRows(rows, since)).toEqual({ ok: 1, evacuated: 0, hurt: 0, help: 1, silent: 3 });
  });

  it('counts every member once', () => {
    const { ok, evacuated, hurt, help, silent } = countRows([row('ok'), row(null), row('help')], since);
    expect(ok + evacuated + hurt + help + silent).toBe(3);
  });
});

describe('countedSince', () => {
  it('reaches a day back', () => {
    expect(countedSince(Date.parse('2026-03-12T05:52:10.000Z'))).toBe(Date.parse(since));
  });
});
