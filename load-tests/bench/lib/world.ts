/** A person of the bench: `token` signs in; `circles` are indexes into the world's circles. */
export interface BenchPerson {
  id: string;
  token: string;
  circles: number[];
}

/** Who is in which circle. `members` are indexes into `people`, the keeper first. */
export interface World {
  people: BenchPerson[];
  circles: { id: string; members: number[] }[];
}

/**
 * How a world is laid out: `groups` of `members` people; each group is in `circlesEach` circles together. In *quiet* posts go
 * round the groups, so neither a circle nor a person hears twice at once; in *busy* there is one circle to a group, and few.
 */
export interface Shape {
  groups: number;
  circlesEach: number;
  members: number;
  /** How many of the members post, by turns; all where it is left out. In an official circle only the keeper does. */
  authors?: number;
  /** How many of the groups post, evenly spread among all; all where it is left out. The others are only stored. */
  activeGroups?: number;
}

export type Workload = 'quiet' | 'busy';

/** mixi's people had 45.6 contacts. */
const MEMBERS = 46;

/**
 * *quiet*: 2,000 circles; at 5,000 posts a second a person's socket hears of one every 50 ms and a circle of one every 400 ms, so
 * every delivery costs a write of its own. *busy*: 43 circles; at 5,000 posts a second each hears of one every 8 ms.
 */
export const SHAPES: Record<Workload, Shape> = {
  quiet: { groups: 250, circlesEach: 8, members: MEMBERS },
  busy: { groups: 43, circlesEach: 1, members: MEMBERS },
};

/** The layout without ids: which people and circles there are. */
export function layOut({ groups, circlesEach, members }: Shape): { personCircles: number[][]; circleMembers: number[][] } {
  const personCircles: number[][] = [];
  const circleMembers: number[][] = [];
  for (let group = 0; group < groups; group++) {
    const circles = Array.from({ length: circlesEach }, (_, index) => group * circlesEach + index);
    const people = Array.from({ length: members }, (_, index) => group * members + index);
    for (const _ of people) personCircles.push(circles);
    // Each circle of a group has another keeper.
    circles.forEach((_, index) => {
      circleMembers.push([...people.slice(index), ...people.slice(0, index)]);
    });
  }
  return { personCircles, circleMembers };
}

/** Whether the n-th post is a *help*: every `helpEvery`th, none where that is 0. */
export function isHelp(index: number, helpEvery: number): boolean {
  return helpEvery > 0 && index % helpEvery === 0;
}

/** Circle and author of the n-th post: round the groups, then round the circles of each, then round their members. */
export function choosePost(
  { groups, circlesEach, members, authors = members, activeGroups = groups }: Shape,
  index: number,
): { circle: number; member: number } {
  const group = (index % activeGroups) * Math.floor(groups / activeGroups);
  const turn = Math.floor(index / activeGroups);
  return { circle: group * circlesEach + (turn % circlesEach), member: Math.floor(turn / circlesEach) % authors };
}
