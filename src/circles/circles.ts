import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import type { AlertLevel, Board, ChangeCircle, ChangeMember, Circle, CreateCircle } from '../contract/circles.ts';
import type { Member, Person } from '../contract/people.ts';
import type { BoardStore } from '../store/boards.ts';
import type { CircleStore, MemberView } from '../store/circles.ts';
import type { FeedAnswer, FeedStore } from '../store/feeds.ts';
import { leavesFootprints, type MemberStore } from '../store/members.ts';
import type { ForgetFootprints } from './footprints-job.ts';

export interface CirclesOptions {
  circles: CircleStore;
  members: MemberStore;
  boards: BoardStore;
  feeds: FeedStore;
  forgetFootprints: ForgetFootprints;
  now: () => Date;
}
export type Circles = ReturnType<typeof createCirclesService>;

/** What members do with their circles. Whoever is no member gets `not-found`, as if the circle did not exist. */
export function createCirclesService({ circles, members, boards, feeds, forgetFootprints, now }: CirclesOptions) {
  async function view(person: string, id: string): Promise<MemberView> {
    const found = await circles.view(person, id);
    if (!found) throw new AppError('not-found');
    return found;
  }

  async function viewAsKeeper(person: string, id: string): Promise<MemberView> {
    const found = await view(person, id);
    if (found.member.role !== 'keeper') throw new AppError('not-keeper');
    return found;
  }

  return {
    view,
    viewAsKeeper,

    /** Makes a circle; the person is its keeper, under the nickname and avatar given or else their own. */
    async create(person: Person, input: CreateCircle): Promise<Circle> {
      const id = uuidv7();
      const { name, kind, nickname = person.nickname, avatar = person.avatar } = input;
      const member: Member = { id: person.id, nickname, avatar, role: 'keeper' };
      if (!(await circles.create({ id, name, kind, member, now: now() }))) throw new AppError('too-many-circles');
      return (await view(person.id, id)).circle;
    },

    async change(person: string, id: string, change: ChangeCircle): Promise<Circle> {
      const { circle } = await viewAsKeeper(person, id);
      await circles.change(id, change.name ?? circle.name, change.invites ?? circle.invites);
      return (await view(person, id)).circle;
    },

    async remove(person: string, id: string): Promise<void> {
      await viewAsKeeper(person, id);
      await forgetFootprints(id, await circles.remove(id), 'deleted');
    },

    async readBoard(person: string, id: string): Promise<Board> {
      const board = await boards.read(id, person, now());
      if (!board) throw new AppError('not-found');
      return board;
    },

    /** @throws AppError `not-found`, `position-lost` */
    async readFeed(person: string, id: string, after: string | null, limit: number): Promise<Exclude<FeedAnswer, string>> {
      const answer = await feeds.read(id, person, after, limit);
      if (answer === 'not-member') throw new AppError('not-found');
      if (answer === 'position-lost') throw new AppError('position-lost');
      return answer;
    },

    /**
     * Changes a member: one's own face and alerts, or, by a keeper, a role. @throws AppError `not-keeper` for anything else
     */
    async changeMember(
      person: string,
      id: string,
      memberId: string,
      change: ChangeMember,
    ): Promise<Member & { alerts?: AlertLevel; footprints?: boolean }> {
      const { circle, member } = await view(person, id);
      const touchesFace =
        change.nickname !== undefined ||
        change.avatar !== undefined ||
        change.alerts !== undefined ||
        change.footprints !== undefined;
      const isAllowed = (memberId === person || !touchesFace) && (change.role === undefined || member.role === 'keeper');
      if (memberId !== person && !(await members.read(id, memberId))) throw new AppError('not-found');
      if (!isAllowed) throw new AppError('not-keeper');
      const { role, nickname, avatar, alerts, footprints } = change;
      const outcome = await members.change(id, memberId, (before) => ({
        member: { ...before.member, ...(nickname && { nickname }), ...(avatar && { avatar }), ...(role && { role }) },
        membership: { ...before.membership, ...(alerts && { alerts }), ...(footprints !== undefined && { footprints }) },
      }));
      if (outcome === 'not-member') throw new AppError('not-found');
      if (outcome === 'last-keeper') throw new AppError('last-keeper');
      const after = await members.read(id, memberId);
      if (!after) throw new AppError('not-found');
      if (memberId !== person) return after.member;
      const { membership } = after;
      return { ...after.member, alerts: membership.alerts ?? 'digest', footprints: leavesFootprints(circle.kind, membership) };
    },

    /** Leaves, or as a keeper removes somebody. @throws AppError `not-found`, `not-keeper`, `last-keeper` */
    async removeMember(person: string, id: string, memberId: string): Promise<void> {
      const { member } = await view(person, id);
      if (memberId !== person && !(await members.read(id, memberId))) throw new AppError('not-found');
      if (memberId !== person && member.role !== 'keeper') throw new AppError('not-keeper');
      const outcome = await members.remove(id, memberId, memberId === person ? 'leave' : 'remove');
      if (outcome === 'not-member') throw new AppError('not-found');
      if (outcome === 'last-keeper') throw new AppError('last-keeper');
      await forgetFootprints(id, [memberId], now().getTime());
    },
  };
}
