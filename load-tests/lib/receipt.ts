import type { PostStatus, Receipt } from '../../src/contract/statuses.ts';

/**
 * Whether a receipt is for this status and names the circles that it was sent to, in whatever order: those that the post names, or all
 * of the poster's where it names none. (The worlds that are drawn have no official circle, where a keeper alone may post.)
 */
export function isReceiptFor({ id, circles }: Receipt, sent: PostStatus, circlesOfPoster: readonly string[]): boolean {
  const due = new Set(sent.circles ?? circlesOfPoster);
  return id === sent.id && circles.length === due.size && circles.every((circle) => due.delete(circle));
}
