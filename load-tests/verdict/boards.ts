import type { Board } from '../../src/contract/circles.ts';
import { compareStatuses } from '../../src/contract/status-order.ts';
import type { Acknowledged } from '../sink/ledger.ts';

/** The newest acknowledged status of each author in each circle: what every board must show when all is delivered. */
export function newestByCircle(receipts: readonly Acknowledged[]): Map<string, Map<string, Acknowledged>> {
  const newest = new Map<string, Map<string, Acknowledged>>();
  for (const receipt of receipts) {
    for (const circle of receipt.circles) {
      const authors = newest.get(circle) ?? new Map<string, Acknowledged>();
      newest.set(circle, authors);
      const before = authors.get(receipt.author);
      if (!before || compareStatuses(before, receipt) < 0) authors.set(receipt.author, receipt);
    }
  }
  return newest;
}

/** What is wrong with one board, in words. A newer status without a receipt may be there: that is what "not confirmed" means. */
export function findWrongRows(board: Pick<Board, 'circle' | 'members'>, newest: ReadonlyMap<string, Acknowledged>): string[] {
  const rows = new Map(board.members.map(({ member, status }) => [member.id, status]));
  return [...newest].flatMap(([author, expected]) => {
    const shown = rows.get(author);
    if (shown && compareStatuses(shown, expected) >= 0) return [];
    return [`board of ${board.circle.id} has ${shown?.id ?? 'nothing'} of ${author}, not ${expected.id}`];
  });
}
