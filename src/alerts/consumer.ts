import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import { DIGEST_SECONDS } from '../contract/limits.ts';
import { alertJobId } from '../platform/alert-job.ts';
import type { AlertJob } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import {
  type AlertReader,
  type AlertStore,
  DIGEST_STATUSES_MAX,
  type HeardStatus,
  type NewsItem,
  spreadMs,
} from '../store/alerts.ts';
import type { DueAlertStore } from '../store/due-alerts.ts';
import type { StatusStore } from '../store/statuses.ts';
import { groupPeople, type PersonAlert, queuePushes } from './queue-pushes.ts';

interface Options {
  alerts: AlertStore;
  dueAlerts: Pick<DueAlertStore, 'add'>;
  statuses: Pick<StatusStore, 'read'>;
  queues: QueueSet;
  log: Logger;
  now: () => Date;
}

/** What became of one reader: what to tell them, how to settle it, and when what waits for them is due (ms). */
interface Plan {
  alert: PersonAlert | null;
  settle: () => Promise<void>;
  dueAt?: number | null;
}

/**
 * Plans alerts: who is told of what, in pages of devices. It knows ids only; what an alert says is read when it is sent. Safe to
 * run twice, and after a stop midway, by the claims of `store/alerts.ts`.
 */
export function createAlertProcessor({
  alerts,
  dueAlerts,
  statuses,
  queues,
  log,
  now,
}: Options): (job: Pick<Job<AlertJob>, 'data'>) => Promise<void> {
  async function tellDigest(job: string, circle: string, window: number): Promise<void> {
    const news = await alerts.claimDigest(circle, window, now());
    if (news.length > DIGEST_STATUSES_MAX) log.info({ job, statuses: news.length }, 'digest tells only the newest');
    const told = news.slice(-DIGEST_STATUSES_MAX);
    if (told.length > 0) {
      await tellMembers(circle, job, 'digest', alerts.withDevices, async ({ person, level }) => {
        const others = wantsNews(level) ? told.filter(({ author }) => author !== person) : [];
        if (others.length === 0) return null;
        if (level === 'digest') return hear(person, job, circle, others, now());
        return claimApart(
          person,
          job,
          circle,
          others.map(({ status }) => status),
        );
      });
    }
    await alerts.finishDigest(circle, window);
  }

  /** As of `at`, should this clock be behind: else what is due would be found to be not due, and wake nobody again. */
  async function tellLater(job: string, circle: string, at: number): Promise<void> {
    const moment = new Date(Math.max(now().getTime(), at));
    // Whoever wants no more news of this circle may still hear of it by way of another.
    const hearLevel = async ({ person, level }: AlertReader) => (wantsNews(level) ? hear(person, job, circle, [], moment) : null);
    await tellMembers(circle, job, 'digest', alerts.withWaiting, hearLevel);
  }

  async function tellHelp(job: string, circle: string, status: string): Promise<void> {
    const record = await statuses.read(status);
    if (!record || record.retracted) return;
    await tellMembers(circle, job, 'help', alerts.withDevices, async ({ person, level }) =>
      level === 'none' || person === record.author ? null : claimApart(person, job, circle, [status]),
    );
  }

  /** Whatever their level is now: whoever was frightened is told that it is over. */
  async function tellWithdrawn(job: string, circle: string, status: string): Promise<void> {
    await tellMembers(circle, job, 'withdrawn', alerts.withDevices, async ({ person }) => {
      const { devices, statuses: claimed } = await alerts.claimWithdrawn(person, job, status, now());
      return {
        alert: { person, devices, told: claimed.map((id) => ({ circle, statuses: [id] })) },
        settle: () => alerts.settle(person, job, claimed, 'withdrawn'),
      };
    });
  }

  /** Each status is an alert of its own, now. */
  async function claimApart(person: string, job: string, circle: string, ids: string[]): Promise<Plan> {
    const { devices, statuses: claimed } = await alerts.claim(person, job, ids, now());
    return {
      alert: { person, devices, told: claimed.map((id) => ({ circle, statuses: [id] })) },
      settle: () => alerts.settle(person, job, claimed, 'alerts'),
    };
  }

  /** All in one alert, when the ladder of this person says so. */
  async function hear(person: string, job: string, circle: string, news: NewsItem[], moment: Date): Promise<Plan> {
    const { devices, taken, dueAt } = await alerts.hear(person, job, circle, news, moment);
    return {
      alert: { person, devices, told: joinCircles(taken, circle) },
      settle: () => alerts.settleHeard(person, job),
      dueAt,
    };
  }

  async function tellMembers(
    circle: string,
    job: string,
    kind: 'digest' | 'help' | 'withdrawn',
    pick: (page: AlertReader[]) => Promise<AlertReader[]>,
    planFor: (reader: AlertReader) => Promise<Plan | null>,
  ): Promise<void> {
    let dueAt = Number.POSITIVE_INFINITY;
    for await (const page of alerts.pageMembers(circle)) {
      const plans = new Map<string, Plan>();
      for (const plan of await Promise.all((await pick(page)).map(planFor))) {
        if (plan?.dueAt) dueAt = Math.min(dueAt, plan.dueAt);
        if (plan?.alert && plan.alert.told.length > 0) plans.set(plan.alert.person, plan);
      }
      const people = [...plans.values()].map(({ alert }) => alert).filter((alert) => alert !== null);
      const queueGroup = async (group: PersonAlert[]) => {
        await queuePushes(queues, job, kind, group);
        await Promise.all(group.map(({ person }) => plans.get(person)?.settle()));
      };
      await Promise.all(groupPeople(people).map(queueGroup));
    }
    if (dueAt < Number.POSITIVE_INFINITY) await wakeLater(circle, dueAt);
  }

  /** Once for a circle and span of 20 s, however many of its members wait. */
  async function wakeLater(circle: string, dueAt: number): Promise<void> {
    const span = DIGEST_SECONDS * 1_000;
    const at = Math.ceil((dueAt - spreadMs(circle)) / span) * span + spreadMs(circle);
    await dueAlerts.add({ alert: { kind: 'later', circle, at }, dueAt: at });
  }

  return async ({ data }) => {
    const job = alertJobId(data);
    if (data.kind === 'digest') await tellDigest(job, data.circle, data.window);
    else if (data.kind === 'later') await tellLater(job, data.circle, data.at);
    else if (data.kind === 'help') await tellHelp(job, data.circle, data.status);
    else await tellWithdrawn(job, data.circle, data.status);
  };
}

function wantsNews(level: AlertReader['level']): boolean {
  return level === 'all' || level === 'digest';
}

/** One alert for all of it; `circle` goes first where it is among them. */
function joinCircles(taken: HeardStatus[], circle: string): PersonAlert['told'] {
  const byCircle = new Map<string, string[]>();
  for (const heard of taken) byCircle.set(heard.circle, [...(byCircle.get(heard.circle) ?? []), heard.status]);
  const joined = [...byCircle]
    .map(([id, statuses]) => ({ circle: id, statuses }))
    .sort((a, b) => Number(b.circle === circle) - Number(a.circle === circle));
  const [first, ...others] = joined;
  if (!first) return [];
  return [{ ...first, ...(others.length > 0 && { others }) }];
}
