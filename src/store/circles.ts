import type { Redis } from 'ioredis';
import type { Circle, CircleKind, InvitePolicy } from '../contract/circles.ts';
import type { Member } from '../contract/people.ts';
import { formatPosition } from '../contract/position.ts';
import { defineScript } from '../platform/script.ts';
import type { EmitArgumentsOf } from './circle-events.ts';
import { createCircleLists } from './circle-lists.ts';
import { formatControlMessage } from './control-messages.ts';
import type { Keys } from './keys.ts';
import changeLua from './lua/change-circle.lua?raw';
import createLua from './lua/create-circle.lua?raw';
import deleteLua from './lua/delete-circle.lua?raw';
import emitLua from './lua/emit.lua?raw';
import { leavesFootprints, type Membership, membershipFields } from './members.ts';

const createScript = defineScript(emitLua, createLua);
const changeScript = defineScript(emitLua, changeLua);
const deleteScript = defineScript(deleteLua);

/** A circle as one member sees it, with that member's own rows. */
export interface MemberView {
  circle: Circle;
  member: Member;
  membership: Membership;
}

export type CircleStore = ReturnType<typeof createCircles>;

/** Circles themselves; who is in them is `members.ts`. */
export function createCircles(redis: Redis, keys: Keys, emitArguments: EmitArgumentsOf) {
  const lists = createCircleLists(redis, keys);

  async function view(person: string, id: string): Promise<MemberView | null> {
    const [info, count, member, membership] = await Promise.all([
      redis.hgetall(keys.circle.info(id)),
      redis.hlen(keys.circle.members(id)),
      redis.hget(keys.circle.members(id), person),
      redis.hget(keys.circle.membership(id), person),
    ]);
    if (!info['name'] || !member || !membership) return null;
    return toView(id, info, count, member, membership);
  }

  return {
    /**
     * Makes a circle whose only member, and keeper, is `member`. The person's list is written first; false when it is full.
     */
    async create(input: { id: string; name: string; kind: CircleKind; member: Member; now: Date }): Promise<boolean> {
      const { id, name, kind, member, now } = input;
      if (!(await lists.add(member.id, id, kind))) return false;
      await createScript.run(
        redis,
        [keys.circle.info(id), keys.circle.members(id), keys.circle.membership(id), keys.circle.feed(id)],
        [...(await emitArguments(id)), name, kind, now.toISOString(), member.id, JSON.stringify(member), membershipFields(now)],
      );
      await lists.confirm(member.id, id, kind);
      // Their other devices are told, as of a circle that they joined.
      await redis.publish(keys.control, formatControlMessage({ t: 'joined', person: member.id, circle: id }));
      return true;
    },

    /** The circle as this member sees it; null for strangers and for circles that do not exist, alike. */
    view,

    /** What the person's list names, unchecked: for who cleans up after them. */
    listIds(person: string): Promise<string[]> {
      return redis.hkeys(keys.person.circles(person));
    },

    /** Circles that may remember having removed them, for the same. */
    listRemovedFrom(person: string): Promise<string[]> {
      return redis.smembers(keys.person.removedFrom(person));
    },

    /** All circles of a person, checked against each circle: the circle is the authority, the person's list only a hint. */
    async listOf(person: string): Promise<MemberView[]> {
      const ids = await redis.hkeys(keys.person.circles(person));
      const views = await Promise.all(ids.map((id) => view(person, id)));
      return views.filter((found) => found !== null).sort((a, b) => (a.circle.id < b.circle.id ? -1 : 1));
    },

    /** Circles of a person with where each of them is, for the gateway, which greets thousands a second: no more is read. */
    async listPositions(person: string): Promise<{ id: string; position: string }[]> {
      const ids = await redis.hkeys(keys.person.circles(person));
      const found = await Promise.all(
        ids.map((id) =>
          Promise.all([redis.hmget(keys.circle.info(id), 'epoch', 'seq'), redis.hexists(keys.circle.members(id), person)]),
        ),
      );
      return ids
        .flatMap((id, index) => {
          const [[epoch, seq], isMember] = found[index] ?? [[], 0];
          return isMember && epoch && seq ? [{ id, position: formatPosition({ epoch, seq: Number(seq) }) }] : [];
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    /** Changes name and invite policy, and tells the members. False when the circle is gone. */
    async change(id: string, name: string, invites: InvitePolicy): Promise<boolean> {
      const fields = JSON.stringify({ name, invites }).slice(1, -1);
      const answer = await changeScript.run(
        redis,
        [keys.circle.info(id), keys.circle.feed(id)],
        [...(await emitArguments(id)), name, invites, fields],
      );
      return answer === 'changed';
    },

    /** Deletes the circle for everybody. Footprints in it, which nobody is shown any more, are a chore. @returns who was in it */
    async remove(id: string): Promise<string[]> {
      const people = await redis.hkeys(keys.circle.members(id));
      const { info, members, membership, board, feed, retracted, invites, removed, alerts, news, history } = keys.circle;
      const others = [members, membership, board, feed, retracted, invites, removed, alerts, news].map((key) => key(id));
      await deleteScript.run(
        redis,
        [info(id), ...others, ...people.map((person) => history(id, person))],
        [keys.circle.channel(id), id],
      );
      await Promise.all(people.map((person) => lists.drop(person, id)));
      return people;
    },
  };
}

/** Puts together what was read of a circle for one of its members. */
export function toView(
  id: string,
  info: Record<string, string>,
  memberCount: number,
  memberText: string,
  membershipText: string,
): MemberView {
  const member = JSON.parse(memberText) as Member;
  const membership = JSON.parse(membershipText) as Membership;
  const kind = info['kind'] as CircleKind;
  const circle: Circle = {
    id,
    name: info['name'] ?? '',
    kind,
    createdAt: info['createdAt'] ?? '',
    memberCount,
    role: member.role,
    position: `${info['epoch']}-${info['seq']}`,
    invites: info['invites'] === 'members' ? 'members' : 'keepers',
    footprints: leavesFootprints(kind, membership),
  };
  return { circle, member, membership };
}
