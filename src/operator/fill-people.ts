import { uuidv7 } from 'uuidv7';
import type { CircleKind } from '../contract/circles.ts';
import { CIRCLE_MEMBERS_MAX, OFFICIAL_CIRCLE_MEMBERS_MAX } from '../contract/limits.ts';
import { AVATAR_COLOURS, AVATAR_EMOJI, type Member, type Person } from '../contract/people.ts';
import type { AlertStore } from '../store/alerts.ts';
import { createRecoveryCode } from '../store/people.ts';
import type { StatusRecord } from '../store/statuses.ts';
import type { Stores } from '../store/stores.ts';

/** Who is to be made; members are places in `people`, and the first is the circle's keeper. */
export interface Layout {
  people: { nickname: string }[];
  circles: { kind: CircleKind; name: string; members: number[] }[];
}
/** What was made, in the layout's order. With tokens: it signs in as every one of them. */
export interface Credentials {
  people: { id: string; token: string; circles: string[] }[];
  circles: string[];
}

/** Calls under way at once: they share pipelines, and so the fsync that each pipeline waits for. */
const AT_ONCE = 400;
const INVITE_MS = 86_400_000;
/** A post counts against its author's rate; this one is let in whatever that is. */
const RATES_ASIDE = { points: Number.MAX_SAFE_INTEGER, seconds: 1 };

/**
 * Makes the people, their circles and who is in them, through the stores that a request would use, so that what is stored is
 * what the service stores; only HTTP, rates and the judgement of who may are left out. A circle that the layout makes too
 * large, or a person's circle too many, throws.
 */
export async function fillPeople(
  stores: Stores,
  { people: wanted, circles: drawn }: Layout,
  now: () => Date,
): Promise<Credentials> {
  const people = await inParallel(wanted, async ({ nickname }, index) => {
    const person = makePerson(nickname, index);
    await stores.people.create(person, createRecoveryCode(), now());
    const { token } = await stores.sessions.create(person.id, 'seed', now());
    return { person, token, circles: [] as string[] };
  });
  const circles = await inParallel(drawn, async ({ kind, name, members }) => {
    const [keeper, ...others] = members.map((index) => {
      const found = people[index];
      if (!found) throw new Error(`the layout has no person ${index}`);
      return found;
    });
    if (!keeper) throw new Error('a circle needs a keeper');
    const id = uuidv7();
    if (!(await stores.circles.create({ id, kind, name, member: asMember(keeper.person, 'keeper'), now: now() }))) {
      throw new Error('a person is in too many circles');
    }
    keeper.circles.push(id);
    return { id, kind, keeper: keeper.person.id, others };
  });
  const invited = await inParallel(circles, async ({ id, kind, keeper, others }) => {
    if (others.length === 0) return [];
    const invite = uuidv7();
    const createdAt = now().toISOString();
    const expiresAt = new Date(now().getTime() + INVITE_MS).toISOString();
    const stored = { id: invite, createdBy: keeper, createdAt, expiresAt, maxUses: others.length, uses: 0 };
    await stores.invites.create(id, stored, uuidv7(), now());
    return others.map((member) => ({ id, kind, invite, member }));
  });
  await inParallel(invited.flat(), async ({ id, kind, invite, member }) => {
    const most = kind === 'official' ? OFFICIAL_CIRCLE_MEMBERS_MAX : CIRCLE_MEMBERS_MAX;
    const joining = { circle: id, kind, invite, member: asMember(member.person, 'member'), most, now: now() };
    const outcome = await stores.members.join(joining);
    if (outcome !== 'joined') throw new Error(`a member could not join: ${outcome}`);
    member.circles.push(id);
  });
  return {
    people: people.map(({ person, token, circles: own }) => ({ id: person.id, token, circles: own })),
    circles: circles.map(({ id }) => id),
  };
}

/** One OK of each person who has a circle, on the boards of all of their circles, told to nobody: no alert follows. */
export async function fillStatuses(
  stores: Stores & { alerts: Pick<AlertStore, 'claimDigest' | 'finishDigest'> },
  { people }: Credentials,
  now: () => Date,
): Promise<number> {
  const posters = people.filter(({ circles }) => circles.length > 0);
  const windows = new Map<string, number>();
  await inParallel(posters, async ({ id: author, circles }) => {
    const at = now();
    const id = uuidv7();
    const record: StatusRecord = {
      id,
      author,
      condition: 'ok',
      circles,
      writtenAt: at.toISOString(),
      acceptedAt: at.toISOString(),
    };
    const shard = stores.statuses.shardOf(id);
    await stores.posting.begin(author, id, circles, at, RATES_ASIDE);
    const { batches } = await stores.statuses.commit(shard, 'fanout', [record], uuidv7());
    for (const circle of circles) {
      const { digest } = await stores.publishing.publish(circle, [record], at);
      if (digest) windows.set(circle, digest.window);
    }
    for (const batch of batches) await stores.outbox.finish(shard, [batch.id]);
  });
  await inParallel([...windows], async ([circle, window]) => {
    await stores.alerts.claimDigest(circle, window, now());
    await stores.alerts.finishDigest(circle, window);
  });
  return posters.length;
}

function makePerson(nickname: string, index: number): Person {
  const emoji = AVATAR_EMOJI[index % AVATAR_EMOJI.length] ?? AVATAR_EMOJI[0];
  const colour = AVATAR_COLOURS[index % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0];
  return {
    id: uuidv7(),
    nickname,
    avatar: { emoji, colour },
    locale: index % 5 === 0 ? 'en' : 'ja',
    country: 'JP',
    footprints: true,
  };
}

function asMember({ id, nickname, avatar }: Person, role: Member['role']): Member {
  return { id, nickname, avatar, role };
}

/** Works on all items, AT_ONCE of them at a time. @returns the results in their order */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  async function workOn(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item, index);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
  return results;
}
