import { AppError } from '../contract/app-error.ts';
import type { CircleKind } from '../contract/circles.ts';
import { WRITTEN_AGO_MAX_DAYS } from '../contract/limits.ts';
import type { PostStatus } from '../contract/statuses.ts';
import type { JoinedCircle } from '../store/posting.ts';

/** A circle that the author may post to. */
export interface OpenCircle {
  id: string;
  kind: CircleKind;
}

/** In an official circle only its keepers post. */
export function mayPost({ kind, role }: JoinedCircle): boolean {
  return kind !== 'official' || role === 'keeper';
}

/** A place is shown where people would come and look: nowhere else unless it was chosen. */
const PLACE_KINDS: ReadonlySet<CircleKind> = new Set<CircleKind>(['family', 'friends']);

/**
 * Whom a status goes to: the circles asked for, or all; those where the author may not post (any more) are dropped.
 * @throws AppError `no-circle` when the author may post nowhere, `not-found` when none of those asked for is left
 */
export function chooseAudience(post: PostStatus, open: OpenCircle[]): { circles: string[]; placeCircles: string[] } {
  if (open.length === 0 && !post.circles) throw new AppError('no-circle');
  const asked = post.circles && new Set(post.circles);
  const chosen = asked ? open.filter(({ id }) => asked.has(id)) : open;
  if (chosen.length === 0) throw new AppError('not-found');
  const askedPlace = post.placeCircles && new Set(post.placeCircles);
  const forPlace = chosen.filter(({ id, kind }) => (askedPlace ? askedPlace.has(id) : PLACE_KINDS.has(kind)));
  return { circles: chosen.map(({ id }) => id), placeCircles: forPlace.map(({ id }) => id) };
}

/**
 * When a status was written, by our clock: phone clocks are wrong, so only the difference of two readings of the same phone
 * counts. Without both, `acceptedAt`.
 */
export function computeWrittenAt(post: Pick<PostStatus, 'writtenAt' | 'sentAt'>, acceptedAt: Date): Date {
  const agoMs = post.writtenAt && post.sentAt ? Date.parse(post.sentAt) - Date.parse(post.writtenAt) : 0;
  const clamped = Math.min(Math.max(Number.isFinite(agoMs) ? agoMs : 0, 0), WRITTEN_AGO_MAX_DAYS * 86_400_000);
  return new Date(acceptedAt.getTime() - clamped);
}
