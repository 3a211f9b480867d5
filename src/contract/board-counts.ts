import type { BoardCounts, BoardRow } from './circles.ts';
import { BOARD_SINCE_HOURS } from './limits.ts';
import type { Status } from './statuses.ts';

const SINCE_MS = BOARD_SINCE_HOURS * 3_600_000;

/** From when on a status counts as an answer, in milliseconds; `now` is the service's time. */
export function countedSince(now: number): number {
  return now - SINCE_MS;
}

/** Where a row stands. A status older than `since` counts as silence, whatever it said: nobody may be reassured by old news. */
export function sectionOf(status: Status | null, since: string): keyof BoardCounts {
  return status && status.writtenAt >= since ? status.condition : 'silent';
}

/** How many stand in each section; every row is counted once. */
export function countRows(rows: readonly BoardRow[], since: string): BoardCounts {
  const counts: BoardCounts = { ok: 0, evacuated: 0, hurt: 0, help: 0, silent: 0 };
  for (const { status } of rows) counts[sectionOf(status, since)] += 1;
  return counts;
}
