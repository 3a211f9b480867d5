import { createHash } from 'node:crypto';
import { PUSH_PAGE_MAX, PUSH_PAGE_STATUSES_MAX } from '../contract/limits.ts';
import { type Provider, type PushAlert, type PushJob, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';

/** What one person is told, on each of their devices. */
export interface PersonAlert {
  person: string;
  devices: { session: string; provider: Provider }[];
  /** One alert each; more than one only where every status is wanted on its own. */
  told: Pick<PushAlert, 'circle' | 'statuses' | 'others'>[];
}

/** Which people share a job; each group is settled on its own. */
export function groupPeople(people: PersonAlert[]): PersonAlert[][] {
  const groups: PersonAlert[][] = [];
  let alerts = Number.POSITIVE_INFINITY;
  let statuses = 0;
  // In an order of their own, so that a repeat makes the same pages.
  for (const person of people.toSorted((a, b) => (a.person < b.person ? -1 : 1))) {
    const ownAlerts = person.devices.length * person.told.length;
    const ownStatuses = person.devices.length * countStatuses(person.told);
    if (alerts + ownAlerts > PUSH_PAGE_MAX || statuses + ownStatuses > PUSH_PAGE_STATUSES_MAX) {
      groups.push([]);
      alerts = 0;
      statuses = 0;
    }
    groups.at(-1)?.push(person);
    alerts += ownAlerts;
    statuses += ownStatuses;
  }
  return groups;
}

/** One job for each lane and page of devices. Its id is made of what it holds, so that a repeat adds none. */
export async function queuePushes(queues: QueueSet, job: string, kind: PushAlert['kind'], people: PersonAlert[]): Promise<void> {
  const lanes = new Map<string, PushAlert[]>();
  for (const { person, devices, told } of people) {
    for (const { session, provider } of devices) {
      const lane = laneOf(kind, provider);
      const alerts = lanes.get(lane) ?? [];
      lanes.set(lane, alerts);
      for (const alert of told) alerts.push({ kind, person, session, ...alert });
    }
  }
  await Promise.all(
    [...lanes].map(([lane, alerts]) => {
      const pages: PushJob[] = [];
      for (let start = 0; start < alerts.length; start += PUSH_PAGE_MAX) {
        pages.push({ kind: 'page', alerts: alerts.slice(start, start + PUSH_PAGE_MAX) });
      }
      const toBulk = (data: PushJob) => ({ name: kind, data, opts: { jobId: `${job}-${digestOf(data)}` } });
      return queues.get<PushJob>(lane).addBulk(pages.map(toBulk));
    }),
  );
}

function countStatuses(told: PersonAlert['told']): number {
  return told.reduce(
    (sum, { statuses, others = [] }) => others.reduce((rest, { statuses: more }) => rest + more.length, sum + statuses.length),
    0,
  );
}

function digestOf(data: PushJob): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, 22);
}

/** A withdrawal goes the way of the *help* that it takes back, so that it does not arrive long after it. */
function laneOf(kind: PushAlert['kind'], provider: Provider): string {
  return kind === 'help' || kind === 'withdrawn' ? QUEUES.pushHelp(provider) : QUEUES.push(provider);
}
