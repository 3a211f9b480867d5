import { FOOTPRINTS_MAX } from '../../contract/limits.ts';

/** A row of a board that shows a status, and where its edges are from the top of the screen (px). */
export interface ShownRow {
  status: string;
  top: number;
  bottom: number;
}

/** Of these rows the statuses that stand whole on a screen of that height and were not reported yet, as many as go in one report. */
export function chooseSeen(rows: readonly ShownRow[], height: number, reported: ReadonlySet<string>): string[] {
  return rows
    .filter(({ status, top, bottom }) => top >= 0 && bottom <= height && !reported.has(status))
    .map(({ status }) => status)
    .slice(0, FOOTPRINTS_MAX);
}

/** Reports are gathered: who scrolls through a board is one report every few seconds, and a glance past a row is none. */
const REPORT_MS = 3_000;

/**
 * Reports what is really before somebody's eyes, each status once while the page is open.
 * @param report false where it could not be sent: it is tried with the next one
 */
export function reportSeenRows(place: ParentNode, isVisible: () => boolean, report: (statuses: string[]) => boolean): void {
  const reported = new Set<string>();
  setInterval(() => {
    if (!isVisible()) return;
    const rows = [...place.querySelectorAll<HTMLElement>('[data-status]')].map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return { status: row.dataset['status'] ?? '', top, bottom };
    });
    const seen = chooseSeen(rows, innerHeight, reported);
    if (seen.length > 0 && report(seen)) for (const status of seen) reported.add(status);
  }, REPORT_MS);
}
