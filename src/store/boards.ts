import type { Redis } from 'ioredis';
import { countedSince, countRows } from '../contract/board-counts.ts';
import type { Board, BoardRow } from '../contract/circles.ts';
import type { Member } from '../contract/people.ts';
import { parseBoardEntry } from './board-entry.ts';
import { toView } from './circles.ts';
import type { Keys } from './keys.ts';

export type BoardStore = ReturnType<typeof createBoards>;

/** The newest status of each member of a circle. */
export function createBoards(redis: Redis, keys: Keys) {
  return {
    /**
     * The board as `person` sees it; null when they are no member. Everything is read in one MULTI, so the position belongs
     * to exactly this content.
     */
    async read(circle: string, person: string, now: Date): Promise<Board | null> {
      const answers = await redis
        .multi()
        .hgetall(keys.circle.info(circle))
        .hgetall(keys.circle.members(circle))
        .hget(keys.circle.membership(circle), person)
        .hgetall(keys.circle.board(circle))
        .exec();
      const [info, members, membership, statuses] = (answers ?? []).map(([error, answer]) => {
        if (error) throw error;
        return answer;
      }) as [Record<string, string>, Record<string, string>, string | null, Record<string, string>];
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

function toRow(memberText: string, entry: string | undefined): BoardRow {
  const member = JSON.parse(memberText) as Member;
  if (!entry) return { member, status: null };
  const { id, ...rest } = parseBoardEntry(entry).status;
  return { member, status: { id, author: member, ...rest } };
}
