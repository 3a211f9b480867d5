import type { Redis } from 'ioredis';
import type { Invite } from '../contract/circles.ts';
import { INVITES_PER_CIRCLE_MAX } from '../contract/limits.ts';
import { defineScript } from '../platform/script.ts';
import { hashSecret } from '../platform/secret.ts';
import type { Keys } from './keys.ts';
import createLua from './lua/create-invite.lua?raw';

/** An ended invite is remembered this long, so that its link says "expired" and not "never existed". */
const REMEMBER_MS = 7 * 86_400_000;

const createScript = defineScript(createLua);

export type InviteStore = ReturnType<typeof createInvites>;

/** Ways into a circle. The circle's hash is the authority; the token only leads to it. Uses are counted by the joining script. */
export function createInvites(redis: Redis, keys: Keys) {
  async function list(circle: string): Promise<Invite[]> {
    const texts = await redis.hvals(keys.circle.invites(circle));
    return texts.map(toInvite).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  async function listOpen(circle: string, now: Date): Promise<Invite[]> {
    return (await list(circle)).filter((invite) => isOpen(invite, now));
  }

  return {
    /** All invites of a circle that still work, newest first. */
    listOpen,

    /** What one member made, newest first; ended ones too, for as long as they are remembered. */
    async listMadeBy(circle: string, person: string): Promise<Invite[]> {
      return (await list(circle)).filter(({ createdBy }) => createdBy === person);
    },

    /** Stores an invite; ended ones make room. False when the circle has as many open ones as it may. */
    async create(circle: string, invite: Invite, token: string, now: Date): Promise<boolean> {
      const forgotten = new Date(now.getTime() - REMEMBER_MS).toISOString();
      const stored = await createScript.run(
        redis,
        [keys.circle.invites(circle), keys.circle.info(circle)],
        [invite.id, JSON.stringify(invite), now.toISOString(), INVITES_PER_CIRCLE_MAX, forgotten],
      );
      if (stored !== 1) return false;
      const key = keys.invite(hashSecret(token));
      const end = Date.parse(invite.expiresAt) + REMEMBER_MS;
      await redis.multi().hset(key, { circle, invite: invite.id }).pexpireat(key, end).exec();
      return true;
    },

    /** Where a token leads; null for a token that never was, or is long gone. `invite` is null once it was revoked. */
    async find(token: string): Promise<{ circle: string; inviteId: string; invite: Invite | null } | null> {
      const [circle, inviteId] = await redis.hmget(keys.invite(hashSecret(token)), 'circle', 'invite');
      if (!circle || !inviteId) return null;
      const text = await redis.hget(keys.circle.invites(circle), inviteId);
      return { circle, inviteId, invite: text ? toInvite(text) : null };
    },

    /** Revokes all that work at `now`. */
    async revokeOpen(circle: string, now: Date): Promise<void> {
      const open = await listOpen(circle, now);
      if (open.length > 0) await redis.hdel(keys.circle.invites(circle), ...open.map(({ id }) => id));
    },

    /** Revokes. False when the circle has no such invite. */
    async revoke(circle: string, inviteId: string): Promise<boolean> {
      return (await redis.hdel(keys.circle.invites(circle), inviteId)) === 1;
    },
  };
}

/** Without `seq`, which only the joining script reads. */
function toInvite(text: string): Invite {
  const { seq: _, ...invite } = JSON.parse(text) as Invite & { seq?: number };
  return invite;
}

function isOpen(invite: Invite, now: Date): boolean {
  return invite.expiresAt > now.toISOString() && invite.uses < invite.maxUses;
}
