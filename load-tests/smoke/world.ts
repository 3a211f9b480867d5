import type { Circle } from '../../src/contract/circles.ts';
import type { Client, SignedIn } from './client.ts';
import type { Ledger } from './ledger.ts';

export interface World {
  people: SignedIn[];
  /** Everybody is in the family and every second person among the friends: so a status goes to one circle or two. */
  family: Circle;
  friends: Circle;
  hikers: SignedIn[];
}

const NICKNAMES = ['母', '父', 'さくら', 'Minh', 'ゆうと', 'Ana', 'おばあちゃん', 'Rajesh', 'ひなた', '美咲', 'Chloé', '健太'];
/** People who are made at the same time; a real neighbourhood does not join in one instant either. */
const AT_ONCE = 8;

/** Makes people and circles the way people do: one makes a circle and invites, the others come by the link. */
export async function buildWorld(client: Client, ledger: Ledger, size: number): Promise<World> {
  const keeper = await client.createPerson({ nickname: nickname(0), locale: 'ja', country: 'JP' });
  const family = await client.createCircle(keeper.token, { name: '山田家', kind: 'family' });
  const invite = await client.createInvite(keeper.token, family.id, size);
  const others = await inChunks(size - 1, async (index) => {
    const face = { nickname: nickname(index + 1), locale: index % 3 === 0 ? ('en' as const) : ('ja' as const) };
    // Both ways in: as a new person by the link, and as a person who was here before.
    if (index % 2 === 0) return client.createPerson({ ...face, invite: invite.token });
    const person = await client.createPerson(face);
    await client.acceptInvite(person.token, invite.token);
    return person;
  });
  const people = [keeper, ...others];

  const friends = await client.createCircle(keeper.token, { name: '登山サークル', kind: 'friends' });
  const second = await client.createInvite(keeper.token, friends.id, size);
  const hikers = people.filter((_person, index) => index % 2 === 0);
  await inChunks(hikers.length, async (index) => {
    const hiker = hikers[index];
    // The keeper is in already: accepting again answers the circle and uses nothing up.
    if (hiker) await client.acceptInvite(hiker.token, second.token);
  });

  for (const { person } of people) ledger.join(family.id, person.id);
  for (const { person } of hikers) ledger.join(friends.id, person.id);
  return { people, family, friends, hikers };
}

function nickname(index: number): string {
  return `${NICKNAMES[index % NICKNAMES.length]}${index < NICKNAMES.length ? '' : index}`;
}

async function inChunks<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let start = 0; start < count; start += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - start);
    made.push(...(await Promise.all(Array.from({ length }, (_empty, offset) => make(start + offset)))));
  }
  return made;
}
