import { countedSince, sectionOf } from '../contract/board-counts.ts';
import type { Board, BoardRow } from '../contract/circles.ts';
import type { CircleEvent } from '../contract/frames.ts';
import { parsePosition } from '../contract/position.ts';
import { compareStatuses } from '../contract/status-order.ts';
import type { Status } from '../contract/statuses.ts';

/** The order in which a board is read: who may need me first, who is well last. */
export const SECTIONS = ['help', 'hurt', 'silent', 'evacuated', 'ok'] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * From when on an answer counts: what the board said, moved on while the page stays open. An old OK is silence, never green.
 * @param now the service's time in milliseconds; a phone's own clock may be wrong
 */
export function sinceWhen(board: Pick<Board, 'since'>, now: number): string {
  return new Date(Math.max(countedSince(now), Date.parse(board.since))).toISOString();
}

/** The rows of each section: the newest first, but among the silent the one that has been silent longest. */
export function groupRows(members: readonly BoardRow[], since: string): Record<Section, BoardRow[]> {
  const groups: Record<Section, BoardRow[]> = { help: [], hurt: [], silent: [], evacuated: [], ok: [] };
  for (const row of members) groups[sectionOf(row.status, since)].push(row);
  for (const section of SECTIONS) groups[section].sort(section === 'silent' ? oldestFirst : newestFirst);
  return groups;
}

/**
 * The rows where they stood `before`, with what they say `now`: nothing moves under a finger. Who has left is gone; who is new
 * waits, and is counted by `countNews`.
 */
export function holdRows(before: readonly BoardRow[], now: readonly BoardRow[], since: string): Record<Section, BoardRow[]> {
  const current = new Map(now.map((row) => [row.member.id, row]));
  const groups = groupRows(before, since);
  for (const section of SECTIONS) groups[section] = groups[section].flatMap(({ member }) => current.get(member.id) ?? []);
  return groups;
}

/** Rows whose status is another than `before`, for which a held board may have another place. */
export function countNews(before: readonly BoardRow[], now: readonly BoardRow[]): number {
  if (before === now) return 0;
  const known = new Map(before.map(({ member, status }) => [member.id, status?.id ?? null]));
  return now.filter(({ member, status }) => (known.get(member.id) ?? null) !== (status?.id ?? null)).length;
}

/**
 * How an event stands to the board: `old` was seen, `next` follows directly, `gap` means that something between was missed
 * (or that the circle has a new epoch) and the feed must be asked again.
 */
export function placeEvent(boardPosition: string, eventPosition: string): 'old' | 'next' | 'gap' {
  const board = parsePosition(boardPosition);
  const event = parsePosition(eventPosition);
  if (!board || !event || board.epoch !== event.epoch) return 'gap';
  if (event.seq <= board.seq) return 'old';
  return event.seq === board.seq + 1 ? 'next' : 'gap';
}

/** The board after an event of its circle. Putting one in twice changes nothing: the newer status wins, as on the server. */
export function applyEvent(board: Board, event: CircleEvent): Board {
  const next = { ...board, position: event.position };
  switch (event.t) {
    case 'status':
      return { ...next, members: putStatus(board.members, event.status) };
    case 'retracted':
      return {
        ...next,
        members: board.members.map((row) =>
          row.member.id === event.author && row.status?.id === event.id ? { ...row, status: event.status } : row,
        ),
      };
    case 'member':
      return withMembers(next, changeMember(board.members, event));
    case 'circle':
      return { ...next, circle: { ...board.circle, name: event.name, invites: event.invites } };
    default:
      // A kind of event that a newer service sends: its position counts, its content is not for this page.
      return next;
  }
}

function putStatus(members: readonly BoardRow[], status: Status): BoardRow[] {
  return members.map((row) => {
    if (row.member.id !== status.author.id) return row;
    return row.status && compareStatuses(row.status, status) >= 0 ? row : { ...row, status };
  });
}

function changeMember(members: readonly BoardRow[], event: CircleEvent & { t: 'member' }): BoardRow[] {
  const { member } = event;
  if (event.change === 'left') return members.filter((row) => row.member.id !== member.id);
  const known = members.some((row) => row.member.id === member.id);
  if (!known) return [...members, { member: event.member, status: null }];
  return members.map((row) => (row.member.id === member.id ? { ...row, member: event.member } : row));
}

function withMembers(board: Board, members: BoardRow[]): Board {
  return { ...board, members, circle: { ...board.circle, memberCount: members.length } };
}

function newestFirst(a: BoardRow, b: BoardRow): number {
  return a.status && b.status ? compareStatuses(b.status, a.status) : 0;
}

function oldestFirst(a: BoardRow, b: BoardRow): number {
  if (a.status && b.status) return compareStatuses(a.status, b.status);
  return Number(a.status !== null) - Number(b.status !== null);
}
