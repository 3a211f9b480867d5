import { choosePost, isHelp, type Shape } from '../lib/world.ts';
import type { Arrivals } from './arrivals.ts';

export interface DeliveryCount {
  lost: number;
  doubled: number;
  overtaken: number;
}

/**
 * Holds what came against what was posted: every member of a post's circle must have it on their socket, once. A post that was
 * not confirmed may have come or not, and may not have come twice. With `forgivesOvertaken` a status that nobody had is made up
 * for by a newer one of the same person in the same circle that everybody had, unless it is a *help* (every `helpEvery`th).
 */
export function countDeliveries(
  shape: Shape,
  { first, posts, unconfirmed = [], forgivesOvertaken = false, helpEvery = 0 }: Options,
  arrivals: Pick<Arrivals, 'cameTo' | 'againOf'>,
): DeliveryCount {
  const count = { lost: 0, doubled: 0, overtaken: 0 };
  const isUnconfirmed = new Set(unconfirmed);
  const toldNewer = new Set<number>();
  // From the newest to the oldest, so that a newer one is known before.
  for (let sequence = first + posts - 1; sequence >= first; sequence--) {
    const came = arrivals.cameTo(sequence);
    const { circle, member } = choosePost(shape, sequence);
    const author = circle * shape.members + member;
    const mayBeOvertaken = forgivesOvertaken && !isHelp(sequence, helpEvery);
    if (came >= shape.members) toldNewer.add(author);
    else if (came === 0 && mayBeOvertaken && toldNewer.has(author)) count.overtaken += 1;
    else if (!isUnconfirmed.has(sequence)) count.lost += shape.members - came;
    count.doubled += arrivals.againOf(sequence);
  }
  return count;
}

interface Options {
  first: number;
  posts: number;
  /** Numbers of posts without a 202. */
  unconfirmed?: readonly number[];
  forgivesOvertaken?: boolean;
  helpEvery?: number;
}
