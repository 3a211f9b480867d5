import type { Status } from '../contract/statuses.ts';
import type { StatusRecord } from './statuses.ts';

/** A status as one circle is shown it, without its author: each circle knows them by another face. */
export type ShownStatus = Omit<Status, 'author'>;

/** Cuts a status down to what one circle is shown: the place only where it was meant for, and nothing of the other circles. */
export function showStatus(record: StatusRecord, circle: string): ShownStatus {
  const { id, condition, note, place, placeCircles, writtenAt, acceptedAt } = record;
  const isPlaceShown = place && placeCircles?.includes(circle);
  return { id, condition, ...(note && { note }), ...(isPlaceShown && { place }), writtenAt, acceptedAt };
}
