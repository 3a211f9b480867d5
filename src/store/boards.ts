import type { Redis } from 'ioredis';
import { countedSince, countRows } from '../contract/board-counts.ts';
import type { Board, BoardRow } from '../contract/circles.ts';
import type { Member } from '../contract/people.ts';
import { defineScript } from '../platform/script.ts';
import { parseBoardEntry } from './board-entry.ts';
import { toView } from './circles.ts';
import type { Keys } from './keys.ts';
import readBoardLua from './lua/read-board.lua?raw';

const readScript = defineScript(readBoardLua);

export type BoardStore = ReturnType<typeof createBoards>;

/** The newest status of each member of a circle. */
export function createBoards(redis: Redis, keys: Keys) {
  return {
    /** The board as `person` sees it; null when they are no member. Its position belongs to exactly this content. */
    async read(circle: string, person: string, now: Date): Promise<Board | null> {
      const { info: infoKey, members: membersKey, membership: membershipKey, board: boardKey } = keys.circle;
      const [flatInfo, flatMembers, membership, flatStatuses] = (await readScript.run(
        redis,
        [infoKey(circle), membersKey(circle), membershipKey(circle), boardKey(circle)],
        [person],
      )) as [string[], string[], string | null, string[]];
      const [info, members, statuses] = [toHash(flatInfo), toHash(flatMembers), toHash(flatStatuses)];
      const ownText = members[person];
      if (!info['name'] || !ownText || !membership) return null;
      const { circle: seen } = toView(circle, info, Object.keys(members).length, ownText, membership);
      const rows = Object.keys(members)
        .sort((a, b) => (a < b ? -1 : 1))
        .map((id) => toRow(members[id] ?? '{}', statuses[id]));
      const since = new Date(countedSince(now.getTime())).toISOString();
      return { circle: seen, position: seen.position, since, counts: countRows(rows, since), members: rows };
    },
  };
}

/** A hash as a script answers it: field, value, field, value, … */
function toHash(flat: string[]): Record<string, string> {
  const hash: Record<string, string> = {};
  for (let index = 0; index < flat.length; index += 2) hash[flat[index] ?? ''] = flat[index + 1] ?? '';
  return hash;
}

function toRow(memberText: string, entry: string | undefined): BoardRow {
  const member = JSON.parse(memberText) as Member;
  if (!entry) return { member, status: null };
  const { id, ...rest } = parseBoardEntry(entry).status;
  return { member, status: { id, author: member, ...rest } };
}
