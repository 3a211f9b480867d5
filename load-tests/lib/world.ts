import type { CircleKind } from '../../src/contract/circles.ts';
import { createRandom, pickWeighted, type Random } from './random.ts';

/** A circle to be made; members are places in `World.people`, and the first is its keeper. */
export interface WorldCircle {
  kind: CircleKind;
  name: string;
  members: number[];
}

export interface WorldPerson {
  nickname: string;
  circles: number[];
  /** Not looking: no socket, and alerts by push. */
  isAway: boolean;
}

export interface World {
  people: WorldPerson[];
  circles: WorldCircle[];
}

/** A person as the world's file lists them for k6, once they are made. */
export interface Poster {
  id: string;
  token: string;
  circles: string[];
}

/** mixi's figures: the mean of 2011, and the largest of the study of 2005. */
const MEAN_CONTACTS = 45.6;
const HUB_CONTACTS = 1_300;
/** The contract lets a person be in 30 circles. */
const CIRCLES_MAX = 30;
/** One person in five hundred knows everybody: the one who keeps the shop, the school's teacher. */
const HUB_SHARE = 1 / 500;
/** What a hub keeps is large; two keepers to a group. */
const HUB_GROUP_MIN = 35;
const HUBS_IN_A_GROUP = 2;
/** Half of the people have their family here and nobody else. */
const FAMILY_ONLY_SHARE = 0.53;
const AWAY_SHARE = 0.3;

const FAMILY_SIZES = [
  [2, 20],
  [3, 30],
  [4, 30],
  [5, 20],
] as const;
/** Friends, a class, a shift, a club, a street: most are small, a few are large. */
const GROUP_SIZES = [
  [8, 28],
  [14, 24],
  [24, 20],
  [35, 14],
  [46, 9],
  [80, 4],
  [150, 1],
] as const;
const GROUP_KINDS = [
  ['friends', 50],
  ['work', 30],
  ['neighbours', 20],
] as const;
const NAMES: Record<CircleKind, string> = {
  family: '家族',
  friends: '友だち',
  work: '職場',
  neighbours: '町内会',
  official: '市',
};
const NICKNAMES = ['母', '父', 'さくら', 'ゆうと', 'おばあちゃん', 'Minh', 'ひなた', '美咲', 'Ana', '健太', 'Rajesh', '翔太'];

/**
 * Draws a world with the skew of a real one: everybody has a family of two to five, half of the people nobody else; the others
 * share groups until the mean number of contacts is mixi's, and a few hubs are in up to thirty of them. The same seed gives the
 * same world. In a small world (below some 3,000 people) the largest hubs have fewer contacts.
 */
export function drawWorld({ people: count, seed = 311, awayShare = AWAY_SHARE }: WorldOptions): World {
  const random = createRandom(seed);
  const world: World = { people: [], circles: [] };
  for (let index = 0; index < count; index++) {
    const nickname = `${NICKNAMES[index % NICKNAMES.length]}${index < NICKNAMES.length ? '' : index}`;
    world.people.push({ nickname, circles: [], isAway: random() < awayShare });
  }
  addFamilies(world, random);
  addGroups(world, random);
  return world;
}

export interface WorldOptions {
  people: number;
  seed?: number;
  /** Share of the people who hold no socket. */
  awayShare?: number;
}

/** How many others each person shares a circle with. */
export function countContacts({ people, circles }: World): number[] {
  return people.map((person, self) => {
    const others = new Set<number>();
    for (const circle of person.circles) for (const member of circles[circle]?.members ?? []) others.add(member);
    others.delete(self);
    return others.size;
  });
}

function addFamilies(world: World, random: Random): void {
  for (let first = 0; first < world.people.length; ) {
    const left = world.people.length - first;
    const size = Math.min(left, pickWeighted(FAMILY_SIZES, random));
    addCircle(
      world,
      'family',
      Array.from({ length: size }, (_, offset) => first + offset),
    );
    first += size;
  }
}

/** Groups draw from the sociable half, and hubs are drawn again and again. */
function addGroups(world: World, random: Random): void {
  const sociable = world.people.map((_, index) => index).filter(() => random() > FAMILY_ONLY_SHARE);
  const hubs = sociable.slice(0, Math.ceil(world.people.length * HUB_SHARE));
  const contacts = world.people.map((person) => (world.circles[person.circles[0] ?? 0]?.members.length ?? 1) - 1);
  let sum = contacts.reduce((total, one) => total + one, 0);
  while (sociable.length > 10 && sum < MEAN_CONTACTS * world.people.length) {
    const size = Math.min(pickWeighted(GROUP_SIZES, random), Math.floor(sociable.length / 2));
    const members = new Set<number>();
    for (const hub of hubs) {
      const mayJoin = (world.people[hub]?.circles.length ?? 0) < CIRCLES_MAX && (contacts[hub] ?? 0) < HUB_CONTACTS;
      if (mayJoin && size >= HUB_GROUP_MIN && members.size < HUBS_IN_A_GROUP) members.add(hub);
    }
    // The square makes some more sociable than others.
    while (members.size < size) {
      const member = sociable[Math.floor(random() ** 1.5 * sociable.length)] ?? 0;
      if ((world.people[member]?.circles.length ?? 0) < CIRCLES_MAX || random() < 0.01) members.add(member);
    }
    const group = [...members].filter((member) => (world.people[member]?.circles.length ?? 0) < CIRCLES_MAX);
    addCircle(world, pickWeighted(GROUP_KINDS, random), group);
    for (const member of group) contacts[member] = (contacts[member] ?? 0) + group.length - 1;
    // Overlaps are few; they are counted once at the end, by `countContacts`.
    sum += group.length * (group.length - 1);
  }
}

function addCircle(world: World, kind: CircleKind, members: number[]): void {
  const index = world.circles.push({ kind, name: `${NAMES[kind]}${world.circles.length + 1}`, members }) - 1;
  for (const member of members) world.people[member]?.circles.push(index);
}
