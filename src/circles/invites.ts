import { uuidv7 } from 'uuidv7';
import { AppError } from '../contract/app-error.ts';
import type { AcceptInvite, Circle, CreateInvite, Invite, InvitePreview, NewInvite } from '../contract/circles.ts';
import {
  CIRCLE_MEMBERS_MAX,
  INVITE_DEFAULT_HOURS,
  INVITE_DEFAULT_USES,
  OFFICIAL_CIRCLE_MEMBERS_MAX,
} from '../contract/limits.ts';
import type { Person } from '../contract/people.ts';
import { createSecret } from '../platform/secret.ts';
import type { CircleStore, MemberView } from '../store/circles.ts';
import type { InviteStore } from '../store/invites.ts';
import type { JoinOutcome, MemberStore } from '../store/members.ts';
import type { PeopleStore } from '../store/people.ts';
import type { Circles } from './circles.ts';

export interface InvitesOptions {
  circles: CircleStore;
  members: MemberStore;
  invites: InviteStore;
  people: Pick<PeopleStore, 'read'>;
  service: Circles;
  now: () => Date;
}
export type Invites = ReturnType<typeof createInvitesService>;

const REFUSALS = {
  expired: 'invite-expired',
  'used-up': 'invite-used-up',
  full: 'circle-full',
  gone: 'not-found',
  'too-many-circles': 'too-many-circles',
} as const;

/** The only way into a circle. */
export function createInvitesService({ circles, members, invites, people, service, now }: InvitesOptions) {
  async function viewAsInviter(person: string, circle: string) {
    const view = await service.view(person, circle);
    if (!mayInvite(view)) throw new AppError('not-keeper');
    return view;
  }

  /**
   * The invite behind a token, while it lets people in, and who made it: they must be in the circle, and still have the right.
   * @param hasJoined the one who asks has joined by it: for them it also counts after that
   * @throws AppError `not-found`, `invite-expired`, `invite-used-up`
   */
  async function readOpen(token: string, hasJoined = false): Promise<{ invite: Invite; inviter: MemberView }> {
    const found = await invites.find(token);
    if (!found) throw new AppError('not-found');
    const { invite, circle } = found;
    // Also where the circle ended just after its invite was read: a moment later the answer is the same.
    const inviter = invite && (await circles.view(invite.createdBy, circle));
    if (!inviter) throw new AppError('invite-expired');
    if (hasJoined) return { invite, inviter };
    if (invite.expiresAt <= now().toISOString() || !mayInvite(inviter)) throw new AppError('invite-expired');
    if (invite.uses >= invite.maxUses) throw new AppError('invite-used-up');
    return { invite, inviter };
  }

  return {
    /** Throws unless the invite would let somebody in now. */
    async check(token: string): Promise<void> {
      await readOpen(token);
    },

    async create(person: string, circle: string, { expiresInHours, maxUses }: CreateInvite, origin: string): Promise<NewInvite> {
      await viewAsInviter(person, circle);
      const token = createSecret();
      const invite: Invite = {
        id: uuidv7(),
        createdBy: person,
        createdAt: now().toISOString(),
        expiresAt: new Date(now().getTime() + (expiresInHours ?? INVITE_DEFAULT_HOURS) * 3_600_000).toISOString(),
        maxUses: maxUses ?? INVITE_DEFAULT_USES,
        uses: 0,
      };
      if (!(await invites.create(circle, invite, token, now()))) throw new AppError('too-many-invites');
      return { id: invite.id, token, url: `${origin}/join/${token}`, expiresAt: invite.expiresAt, maxUses: invite.maxUses };
    },

    async list(person: string, circle: string): Promise<Invite[]> {
      await viewAsInviter(person, circle);
      return invites.listOpen(circle, now());
    },

    async revoke(person: string, circle: string, inviteId: string): Promise<void> {
      await viewAsInviter(person, circle);
      if (!(await invites.revoke(circle, inviteId))) throw new AppError('not-found');
    },

    /** Ends every invite that is open. */
    async revokeAll(person: string, circle: string): Promise<void> {
      await viewAsInviter(person, circle);
      await invites.revokeOpen(circle, now());
    },

    /**
     * What a link leads to; takes no use. The one who invites is shown as the circle knows them, while they are in it.
     * @param hasJoined the one who asks has joined by it, and may not know yet: they are shown it also where that was its last use
     */
    async preview(token: string, hasJoined = false): Promise<InvitePreview> {
      const { circle, member } = (await readOpen(token, hasJoined)).inviter;
      const { name, kind, memberCount } = circle;
      return { circle: { name, kind, memberCount }, invitedBy: { nickname: member.nickname, avatar: member.avatar } };
    },

    /**
     * Joins, under the nickname and avatar given or else the person's own. A member joins again without taking a use.
     * @throws AppError what joining refuses; `not-signed-in` when they were erased in between
     */
    async accept(person: Person, token: string, face: AcceptInvite = {}): Promise<Circle> {
      const found = await invites.find(token);
      if (!found) throw new AppError('not-found');
      const known = await circles.view(person.id, found.circle);
      if (known) return known.circle;
      const { invite, inviter } = await readOpen(token);
      const { id: circle, kind } = inviter.circle;
      const { nickname = person.nickname, avatar = person.avatar } = face;
      const outcome: JoinOutcome = await members.join({
        circle,
        kind,
        invite: invite.id,
        member: { id: person.id, nickname, avatar, role: 'member' },
        most: kind === 'official' ? OFFICIAL_CIRCLE_MEMBERS_MAX : CIRCLE_MEMBERS_MAX,
        now: now(),
      });
      if (outcome !== 'joined' && outcome !== 'already') throw new AppError(REFUSALS[outcome]);
      // Erasing passes each circle once: whoever was erased since they were read would be a member for ever.
      if (!(await people.read(person.id))) {
        if ((await members.remove(circle, person.id, 'erase')) === 'empty') await circles.remove(circle);
        throw new AppError('not-signed-in');
      }
      return (await service.view(person.id, circle)).circle;
    },
  };
}

function mayInvite({ circle, member }: MemberView): boolean {
  return circle.invites === 'members' || member.role === 'keeper';
}
