import { uuidv7 } from 'uuidv7';
import type { Api } from './api.ts';
import { CIRCLES, PEOPLE, type TownPerson, type TownStatus } from './town.ts';

/** What is kept of a person of the town, to be found again at the next start. */
export interface TownRecord {
  people: { nickname: string; token: string; recoveryCode: string; tryAs?: string | undefined }[];
  /** Keeper of the circle that newcomers are invited to, and that circle. */
  door: { token: string; circle: string };
}

const HOUR_MS = 3_600_000;

/** Makes the people and circles of `town.ts`, and posts their statuses so that the newest are the newest. */
export async function makeTown(api: Api, now: number): Promise<TownRecord> {
  const people: (TownPerson & { token: string; recoveryCode: string })[] = [];
  for (const person of PEOPLE) {
    const { nickname, locale, country, avatar } = person;
    const { token, recoveryCode } = await api.createPerson({
      nickname,
      ...(locale && { locale }),
      ...(country && { country }),
      ...(avatar && { avatar }),
    });
    people.push({ ...person, token, recoveryCode });
  }

  let door: TownRecord['door'] | null = null;
  for (const [key, circle] of Object.entries(CIRCLES)) {
    // Whoever names this circle first in their list keeps it; else its first member.
    const members = people.filter((person) => person.circles.includes(key));
    const keeper = members.find((person) => person.circles[0] === key) ?? members[0];
    if (!keeper) continue;
    const { id } = await api.createCircle(keeper.token, circle);
    const invite = await api.createInvite(keeper.token, id);
    for (const member of members) if (member !== keeper) await api.acceptInvite(member.token, invite.token);
    door ??= { token: keeper.token, circle: id };
  }

  const statuses = people.flatMap(({ token, statuses: own }) => own.map((status) => ({ token, status })));
  statuses.sort((a, b) => b.status.hoursAgo - a.status.hoursAgo);
  for (const { token, status } of statuses) await api.postStatus(token, toPost(status, now));
  if (!door) throw new Error('the town has no circle');
  return { people: people.map(({ nickname, token, recoveryCode, tryAs }) => ({ nickname, token, recoveryCode, tryAs })), door };
}

/** An age is told as a phone does that was offline: only the difference of the two times counts. */
function toPost({ condition, note, place, hoursAgo }: TownStatus, now: number) {
  const writtenAt = new Date(now - hoursAgo * HOUR_MS).toISOString();
  return {
    id: uuidv7(),
    condition,
    ...(note && { note }),
    ...(place && { place }),
    writtenAt,
    sentAt: new Date(now).toISOString(),
  };
}
