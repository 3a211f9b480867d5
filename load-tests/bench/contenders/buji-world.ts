import type { Circle, NewInvite } from '../../../src/contract/circles.ts';
import { CIRCLE_MEMBERS_MAX } from '../../../src/contract/limits.ts';
import type { Person } from '../../../src/contract/people.ts';
import { layOut, type Shape, type World } from '../lib/world.ts';
import { Api, forAll } from './api.ts';

/**
 * Makes a world as people do: sign-up, circles, invites, joining. Nothing here knows how Buji stores it, so the bench measures
 * whatever is stored in truth.
 */
export async function makeBujiWorld(port: number, shape: Shape): Promise<World> {
  const api = new Api(port);
  const { personCircles, circleMembers } = layOut(shape);
  const people = await forAll(personCircles, async (circles) => {
    const { person, token } = await api.post<{ person: Person; token: string }>('/v1/people', {
      nickname: 'さくら',
      locale: 'ja',
      avatar: { emoji: '🌸', colour: 'pink' },
    });
    return { id: person.id, token, circles };
  });
  const tokenOf = (index: number | undefined) => people[index ?? 0]?.token ?? '';
  const kind = shape.members > CIRCLE_MEMBERS_MAX ? 'official' : 'friends';
  const circles = await forAll(circleMembers, async (members) => {
    const keeper = tokenOf(members[0]);
    const { id } = await api.post<Circle>('/v1/circles', { name: '登山サークル', kind }, keeper);
    return { id, members };
  });
  const joining = await forAll(circles, async ({ id, members }) => {
    // An invite admits a thousand at most.
    const invites = await Promise.all(
      Array.from({ length: Math.ceil(members.length / 1_000) }, () =>
        api.post<NewInvite>(`/v1/circles/${id}/invites`, { maxUses: 1_000 }, tokenOf(members[0])),
      ),
    );
    return members.slice(1).map((member, index) => ({ member, invite: invites[Math.floor(index / 1_000)]?.token ?? '' }));
  });
  await forAll(joining.flat(), ({ member, invite }) => api.post(`/v1/invites/${invite}/accept`, {}, tokenOf(member)));
  await api.close();
  return { people, circles };
}
