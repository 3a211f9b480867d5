import { AppError } from '../contract/app-error.ts';
import type { DeliveryNotice } from '../store/control-messages.ts';
import type { FootprintStore } from '../store/footprints.ts';
import type { StatusStore } from '../store/statuses.ts';

export interface FootprintsOptions {
  footprints: Pick<FootprintStore, 'record'>;
  statuses: Pick<StatusStore, 'readMany'>;
  /** Lets authors know that their statuses have come further. */
  tellAuthors: (notices: readonly DeliveryNotice[]) => void;
  now: () => Date;
}
/** Leaves a member's footprints in a circle. @throws AppError `not-found` for whoever is no member */
export type LeaveFootprints = (person: string, circle: string, ids: string[]) => Promise<void>;

/**
 * What somebody has seen of a circle. Ids that are unknown, their own, or of other circles are passed over in silence: the answer
 * tells nothing about them.
 */
export function createLeaveFootprints({ footprints, statuses, tellAuthors, now }: FootprintsOptions): LeaveFootprints {
  return async (person, circle, ids) => {
    const records = (await statuses.readMany(ids)).filter((record) => record !== null);
    const foreign = records.filter((record) => record.author !== person && !record.retracted && record.circles.includes(circle));
    const fresh = await footprints.record(circle, person, foreign, now());
    if (!fresh) throw new AppError('not-found');
    tellAuthors(fresh.map(({ id, author, condition }) => ({ status: id, author, isHelp: condition === 'help' })));
  };
}
