import { orderKeyOf } from './order-key.ts';
import type { ShownStatus } from './shown-status.ts';
import type { StatusRecord } from './statuses.ts';

/** What an alert needs of a status on a board. */
export type BriefStatus = Pick<StatusRecord, 'id' | 'condition' | 'writtenAt'>;

/**
 * A status as a board holds it, `<order key> <JSON>`: text that sorts by age. Boards themselves are written by
 * `lua/publish-statuses.lua`; this is for comparing with them.
 */
export function formatBoardEntry({ id, condition, writtenAt, acceptedAt }: BriefStatus & { acceptedAt: string }): string {
  return `${orderKeyOf({ id, writtenAt, acceptedAt })} ${JSON.stringify({ id, condition, writtenAt })}`;
}

/** Takes apart what a board holds for one member. */
export function parseBoardEntry<Shown extends BriefStatus = ShownStatus>(entry: string): { key: string; status: Shown } {
  const space = entry.indexOf(' ');
  return { key: entry.slice(0, space), status: JSON.parse(entry.slice(space + 1)) as Shown };
}
