import type { Export } from '../contract/export.ts';
import { OWN_FOOTPRINTS_MAX, OWN_STATUSES_MAX } from '../contract/limits.ts';
import type { CircleStore } from '../store/circles.ts';
import type { FootprintTraces } from '../store/footprint-traces.ts';
import type { FootprintStore } from '../store/footprints.ts';
import type { InviteStore } from '../store/invites.ts';
import type { PushSubscriptionStore } from '../store/push-subscriptions.ts';
import type { StatusStore } from '../store/statuses.ts';
import type { Accounts } from './accounts.ts';

export interface ExportOptions {
  accounts: Pick<Accounts, 'read' | 'listDevices'>;
  circles: CircleStore;
  footprints: Pick<FootprintStore, 'count'>;
  footprintTraces: Pick<FootprintTraces, 'listBy'>;
  invites: InviteStore;
  statuses: StatusStore;
  pushSubscriptions: PushSubscriptionStore;
  now: () => Date;
}
export type ReadExport = (person: string, session: string) => Promise<Export>;

const COUNTED_AT_ONCE = 50;

/** What is stored about one person, for themselves (`contract/export.ts`): no word, name or face of anybody else, and no secret. */
export function createExport(options: ExportOptions): ReadExport {
  const { accounts, circles, footprints, footprintTraces, invites, statuses, pushSubscriptions, now } = options;

  async function readStatuses(author: string): Promise<Export['statuses']> {
    const records = await statuses.readMany(await statuses.listOwn(author, OWN_STATUSES_MAX));
    // The list is written before a commit decides whose an id is: what another person posted may stand on it.
    const own = records.filter((record) => record?.author === author).filter((record) => record !== null);
    const seen: number[] = [];
    // So many at once that nobody's post waits behind a thousand.
    for (let from = 0; from < own.length; from += COUNTED_AT_ONCE) {
      const some = own.slice(from, from + COUNTED_AT_ONCE);
      seen.push(...(await Promise.all(some.map(({ id, circles: shown }) => footprints.count(shown, author, id)))));
    }
    return own.map(({ author: _, ...status }, index) => ({ ...status, seen: seen[index] ?? 0 }));
  }

  /** One circle after the other, for the same reason. */
  async function readFootprints(person: string, own: string[]): Promise<Export['footprints']> {
    const left: { circle: string; status: string; at: number }[] = [];
    for (const circle of own) left.push(...(await footprintTraces.listBy(circle, person)).map((trace) => ({ circle, ...trace })));
    left.sort((a, b) => b.at - a.at);
    return left.slice(0, OWN_FOOTPRINTS_MAX).map(({ at, ...trace }) => ({ ...trace, seenAt: new Date(at).toISOString() }));
  }

  return async (person, session) => {
    const [profile, views, own, devices, places] = await Promise.all([
      accounts.read(person),
      circles.listOf(person),
      readStatuses(person),
      accounts.listDevices(person, session),
      pushSubscriptions.listPlaces(person),
    ]);
    const made = await Promise.all(
      views.map(async ({ circle }) =>
        (await invites.listMadeBy(circle.id, person)).map((invite) => ({ ...invite, circle: circle.id })),
      ),
    );
    const left = await readFootprints(
      person,
      views.map(({ circle }) => circle.id),
    );
    return {
      exportedAt: now().toISOString(),
      person: profile,
      circles: views.map(({ circle, member, membership: { joinedAt, alerts = 'digest' } }) => ({
        circle,
        member,
        joinedAt,
        alerts,
        footprints: circle.footprints,
      })),
      statuses: own,
      footprints: left,
      invites: made.flat(),
      devices: devices.map((device) => {
        const { host = null, timeZone = null } = places.get(device.id) ?? {};
        return { ...device, pushService: host, timeZone };
      }),
    };
  };
}
