import type { Redis } from 'ioredis';
import { type AlertLevel, type CircleKind, FOOTPRINT_KINDS } from '../contract/circles.ts';
import { REMOVED_REMEMBERED_HOURS } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { isRedisAway } from '../platform/redis-away.ts';
import { defineScript } from '../platform/script.ts';
import type { EmitArgumentsOf } from './circle-events.ts';
import { createCircleLists } from './circle-lists.ts';
import { formatControlMessage } from './control-messages.ts';
import { createFootprintTraces } from './footprint-traces.ts';
import type { Keys } from './keys.ts';
import changeLua from './lua/change-member.lua?raw';
import emitLua from './lua/emit.lua?raw';
import joinLua from './lua/join-circle.lua?raw';
import removeLua from './lua/remove-member.lua?raw';

const joinScript = defineScript(emitLua, joinLua);
const changeScript = defineScript(emitLua, changeLua);
const removeScript = defineScript(emitLua, removeLua);

const REMEMBERED_SECONDS = REMOVED_REMEMBERED_HOURS * 3_600;

/** What a circle keeps about a member and shows to nobody else. */
export interface Membership {
  joinedAt: string;
  /** Seq of the event that brought this member in: earlier positions are not theirs to read. */
  joinedSeq: number;
  invitedBy?: string;
  alerts?: AlertLevel;
  /** Their choice; without one the circle's kind decides. */
  footprints?: boolean;
}

/** Whether a member leaves footprints in a circle, and sees those of others, as far as the circle knows. */
export function leavesFootprints(kind: CircleKind, { footprints }: Pick<Membership, 'footprints'>): boolean {
  return footprints ?? FOOTPRINT_KINDS.includes(kind);
}

/** A new membership as JSON members without braces; the script adds where in the feed it begins. */
export function membershipFields(now: Date): string {
  return JSON.stringify({ joinedAt: now.toISOString() }).slice(1, -1);
}

export type JoinOutcome = 'joined' | 'already' | 'expired' | 'used-up' | 'full' | 'gone' | 'too-many-circles';
export type MemberStore = ReturnType<typeof createMembers>;

/** Who is in a circle. */
export function createMembers(redis: Redis, keys: Keys, emitArguments: EmitArgumentsOf) {
  const lists = createCircleLists(redis, keys);
  const traces = createFootprintTraces(redis, keys);
  const circleKeys = (circle: string) => [
    keys.circle.info(circle),
    keys.circle.members(circle),
    keys.circle.membership(circle),
    keys.circle.feed(circle),
  ];

  return {
    /** Joins by an invite. The person's list comes first, and goes again when nothing came of it. */
    async join(input: {
      circle: string;
      kind: string;
      invite: string;
      member: Member;
      most: number;
      now: Date;
    }): Promise<JoinOutcome> {
      const { circle, kind, invite, member, most, now } = input;
      if (!(await lists.add(member.id, circle, kind))) return 'too-many-circles';
      const outcome = (await joinScript.run(
        redis,
        [...circleKeys(circle), keys.circle.invites(circle), keys.circle.removed(circle)],
        [
          ...(await emitArguments(circle)),
          invite,
          now.toISOString(),
          most,
          member.id,
          JSON.stringify(member),
          membershipFields(now),
        ],
      )) as JoinOutcome;
      if (outcome === 'joined' || outcome === 'already') {
        await lists.confirm(member.id, circle, kind);
        await redis.publish(keys.control, formatControlMessage({ t: 'joined', person: member.id, circle }));
      } else {
        await lists.drop(member.id, circle);
      }
      return outcome;
    },

    /** One member with what only the circle knows; null when they are none. */
    async read(circle: string, person: string): Promise<{ member: Member; membership: Membership } | null> {
      const [member, membership] = await Promise.all([
        redis.hget(keys.circle.members(circle), person),
        redis.hget(keys.circle.membership(circle), person),
      ]);
      if (!member || !membership) return null;
      return { member: JSON.parse(member) as Member, membership: JSON.parse(membership) as Membership };
    },

    /** Everybody in the circle. */
    async list(circle: string): Promise<Map<string, { member: Member; membership: Membership }>> {
      const [members, memberships] = await Promise.all([
        redis.hgetall(keys.circle.members(circle)),
        redis.hgetall(keys.circle.membership(circle)),
      ]);
      const entries = Object.entries(members).map(
        ([person, text]) =>
          [
            person,
            { member: JSON.parse(text) as Member, membership: JSON.parse(memberships[person] ?? '{}') as Membership },
          ] as const,
      );
      return new Map(entries);
    },

    /** Which of these people are members now, each with the `seq` at which they joined. */
    async among(circle: string, people: string[]): Promise<Map<string, number>> {
      if (people.length === 0) return new Map();
      const found = await redis.hmget(keys.circle.membership(circle), ...people);
      return new Map(
        people.flatMap((person, index) => {
          const text = found[index];
          return text ? [[person, (JSON.parse(text) as Membership).joinedSeq] as const] : [];
        }),
      );
    },

    /**
     * Changes one member by a pure function of what is stored, again when somebody else was faster.
     * @returns 'not-member' or 'last-keeper' when nothing was changed
     */
    async change(
      circle: string,
      person: string,
      apply: (before: { member: Member; membership: Membership }) => { member: Member; membership: Membership },
    ): Promise<'changed' | 'not-member' | 'last-keeper'> {
      for (;;) {
        const [memberText, membershipText] = await Promise.all([
          redis.hget(keys.circle.members(circle), person),
          redis.hget(keys.circle.membership(circle), person),
        ]);
        if (!memberText || !membershipText) return 'not-member';
        const after = apply({ member: JSON.parse(memberText), membership: JSON.parse(membershipText) });
        const outcome = await changeScript.run(redis, circleKeys(circle), [
          ...(await emitArguments(circle)),
          person,
          memberText,
          JSON.stringify(after.member),
          membershipText,
          JSON.stringify(after.membership),
        ]);
        if (outcome !== 'conflict') return outcome as 'changed' | 'last-keeper';
      }
    },

    /**
     * Takes a person out. `erase` also forgets their words in the feed and hands the keeper's role on to the longest-standing
     * member; `leave` refuses when they are the last keeper; so does `remove`, by a
     * keeper, after which older invites let them in no more. Nobody is shown their footprints any more. An erased person's go
     * before the circle leaves their list, by which a crash is mended; for whoever left they are a chore (`platform/queues.ts`).
     * @returns 'empty' when nobody is left: the circle is to be deleted, and stays on the person's list until then
     */
    async remove(
      circle: string,
      person: string,
      mode: 'leave' | 'remove' | 'erase',
    ): Promise<'removed' | 'not-member' | 'last-keeper' | 'empty'> {
      // First, so that wherever they are remembered is found; removed, they may be remembered for this long twice.
      if (mode === 'remove') {
        const key = keys.person.removedFrom(person);
        const note = redis
          .multi()
          .sadd(key, circle)
          .expire(key, 2 * REMEMBERED_SECONDS)
          .exec();
        // A full Redis takes no note, and must not keep them in either: what deletes first, as the script does, it lets through.
        await note.catch((error) => {
          if (!isRedisAway(error)) throw error;
        });
      }
      for (;;) {
        const heir = mode === 'erase' ? await this.findHeir(circle, person) : null;
        const shown = await traces.listStatuses(circle, person);
        const outcome = (await removeScript.run(
          redis,
          [...circleKeys(circle), keys.circle.board(circle), keys.circle.history(circle, person), keys.circle.removed(circle)],
          [...(await emitArguments(circle)), person, mode, heir ?? '', REMEMBERED_SECONDS],
        )) as 'removed' | 'not-member' | 'last-keeper' | 'empty' | 'heir';
        if (outcome === 'heir') continue;
        if (outcome === 'removed' || outcome === 'not-member') {
          if (mode === 'erase') await traces.removeBy(circle, person, Number.POSITIVE_INFINITY);
          await lists.drop(person, circle);
          await traces.removeFrom(circle, shown);
        }
        return outcome;
      }
    },

    /** Who of the others has been a member for longest. */
    async findHeir(circle: string, person: string): Promise<string | null> {
      const others = [...(await this.list(circle)).entries()].filter(([id]) => id !== person);
      others.sort(([, a], [, b]) => a.membership.joinedSeq - b.membership.joinedSeq);
      return others[0]?.[0] ?? null;
    },
  };
}
