import type { Board, BoardRow } from '../contract/circles.ts';
import type { Condition, OwnStatus } from '../contract/statuses.ts';

/** A board to test with: one moment, one empty circle, and rows as a test needs them. */
const NOW = '2026-03-11T05:46:18.000Z';
const SINCE = '2026-03-10T05:46:18.000Z';

/** The row of a member; without a condition one that has never answered. Ids are names, to be read in a failure. */
export function row(id: string, condition?: Condition, writtenAt = NOW): BoardRow {
  const member = { id, nickname: id, avatar: { emoji: '🐶', colour: 'red' as const }, role: 'member' as const };
  const status = condition ? { id: `${id}-${writtenAt}`, author: member, condition, writtenAt, acceptedAt: writtenAt } : null;
  return { member, status };
}

export const BOARD: Board = {
  circle: {
    id: 'c',
    name: 'Family',
    kind: 'family',
    createdAt: SINCE,
    memberCount: 0,
    role: 'member',
    position: '00000001-7',
    invites: 'keepers',
    footprints: true,
  },
  position: '00000001-7',
  since: SINCE,
  counts: { ok: 0, evacuated: 0, hurt: 0, help: 0, silent: 0 },
  members: [],
};

export const LAST: OwnStatus = {
  id: 'mine',
  author: row('me').member,
  condition: 'ok',
  writtenAt: NOW,
  acceptedAt: NOW,
  circles: ['c'],
  delivery: { boards: 1, alerted: 2, reached: 1, seen: 1 },
};
