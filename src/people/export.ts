import type { Export } from '../contract/export.ts';
import { OWN_STATUSES_MAX } from '../contract/limits.ts';
import type { CircleStore } from '../store/circles.ts';
import type { InviteStore } from '../store/invites.ts';
import type { PushSubscriptionStore } from '../store/push-subscriptions.ts';
import type { StatusStore } from '../store/statuses.ts';
import type { Accounts } from './accounts.ts';

export interface ExportOptions {
  accounts: Pick<Accounts, 'read' | 'listDevices'>;
  circles: CircleStore;
  invites: InviteStore;
  statuses: StatusStore;
  pushSubscriptions: PushSubscriptionStore;
  now: () => Date;
}
export type ReadExport = (person: string, session: string) => Promise<Export>;

/** Everything stored about one person, for themselves: no word, name or face of anybody else, and no secret of their devices. */
export function createExport(options: ExportOptions): ReadExport {
  const { accounts, circles, invites, statuses, pushSubscriptions, now } = options;

  async function readStatuses(author: string): Promise<Export['statuses']> {
    const records = await statuses.readMany(await statuses.listOwn(author, OWN_STATUSES_MAX));
    // The list is written before a commit decides whose an id is: what another person posted may stand on it.
    const own = records.filter((record) => record?.author === author).filter((record) => record !== null);
    return own.map(({ author: _, ...status }) => status);
  }

  return async (person, session) => {
    const [profile, views, own, devices, hosts] = await Promise.all([
      accounts.read(person),
      circles.listOf(person),
      readStatuses(person),
      accounts.listDevices(person, session),
      pushSubscriptions.listHosts(person),
    ]);
    const made = await Promise.all(
      views.map(async ({ circle }) =>
        (await invites.listMadeBy(circle.id, person)).map((invite) => ({ ...invite, circle: circle.id })),
      ),
    );
    return {
      exportedAt: now().toISOString(),
      person: profile,
      circles: views.map(({ circle, member, membership: { joinedAt, alerts = 'digest' } }) => ({
        circle,
        member,
        joinedAt,
        alerts,
      })),
      statuses: own,
      invites: made.flat(),
      devices: devices.map((device) => ({ ...device, pushService: hosts.get(device.id) ?? null })),
    };
  };
}
