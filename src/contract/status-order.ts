/** What decides which of two statuses is the newer one, on boards and in clients alike. Times are RFC 3339 UTC with milliseconds. */
export interface StatusOrder {
  writtenAt: string;
  acceptedAt: string;
  id: string;
}

/**
 * Negative when `a` is the older one. The order is (`writtenAt`, `acceptedAt`, `id`); all three are fixed-width text, so
 * comparing them as text compares the moments.
 */
export function compareStatuses(a: StatusOrder, b: StatusOrder): number {
  return compareText(a.writtenAt, b.writtenAt) || compareText(a.acceptedAt, b.acceptedAt) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
