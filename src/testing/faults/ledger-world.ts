import type { Circle } from '../../contract/circles.ts';
import { type Client, createCircle, createClient, joinAll } from '../client.ts';
import type { Service } from '../service.ts';

export const PEOPLE = 40;
const CIRCLES = 5;

export interface World {
  people: Client[];
  circles: { circle: Circle; members: Client[] }[];
  /** Removed in the middle. */
  leaver: Client;
  stranger: Client;
}

/** Five circles of sixteen, each person in two of them; one more member who will be removed, and a stranger. */
export async function makeWorld(service: Service): Promise<World> {
  const names = [...Array(PEOPLE).keys()].map((index) => `Person ${index}`);
  const people = await Promise.all(names.map((nickname) => createClient(service, { nickname, locale: 'en' })));
  const leaver = await createClient(service, { nickname: 'Leaver' });
  const stranger = await createClient(service, { nickname: 'Stranger' });
  const circles = [];
  for (let index = 0; index < CIRCLES; index++) {
    const members = people.filter((_, person) => person % CIRCLES === index || (person + 2) % CIRCLES === index);
    const [keeper, ...others] = members as [Client, ...Client[]];
    const circle = await createCircle(keeper, { name: `Circle ${index}` });
    await joinAll(keeper, circle, index === 0 ? [...others, leaver] : others);
    circles.push({ circle, members });
  }
  return { people, circles, leaver, stranger };
}
