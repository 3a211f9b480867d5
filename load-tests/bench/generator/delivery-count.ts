import { choosePost, isHelp, type Shape } from '../lib/world.ts';

export interface DeliveryCount {
  lost: number;
  doubled: number;
  overtaken: number;
}

/**
 * Holds what came against what was posted: `cameTo(n)` sockets had the n-th post, and every member of its circle must have, once.
 * With `forgivesOvertaken` a status that nobody had is made up for by a newer one of the same person in the same circle that
 * everybody had, unless it is a *help* (every `helpEvery`th).
 */
export function countDeliveries(
  shape: Shape,
  { first, posts, forgivesOvertaken = false, helpEvery = 0 }: Options,
  cameTo: (sequence: number) => number,
): DeliveryCount {
  const count = { lost: 0, doubled: 0, overtaken: 0 };
  const toldNewer = new Set<number>();
  // From the newest to the oldest, so that a newer one is known before.
  for (let sequence = first + posts - 1; sequence >= first; sequence--) {
    const came = cameTo(sequence);
    const { circle, member } = choosePost(shape, sequence);
    const author = circle * shape.members + member;
    const mayBeOvertaken = forgivesOvertaken && !isHelp(sequence, helpEvery);
    if (came === 0 && mayBeOvertaken && toldNewer.has(author)) count.overtaken += 1;
    else if (came < shape.members) count.lost += shape.members - came;
    else count.doubled += came - shape.members;
    if (came >= shape.members) toldNewer.add(author);
  }
  return count;
}

interface Options {
  first: number;
  posts: number;
  forgivesOvertaken?: boolean;
  helpEvery?: number;
}
