import type { Job, JobsOptions } from 'bullmq';
import type { Logger } from 'pino';
import { type AlertJob, type Provider, type PushJob, QUEUES, type QueueSet } from '../platform/queues.ts';
import type { AlertReader, AlertStore, Claim, NewsItem } from '../store/alerts.ts';
import type { StatusStore } from '../store/statuses.ts';

/**
 * Statuses that one digest may tell. A circle of 1,500 that all tap within 20 s would else put a list of 1,500 ids into 1,500
 * jobs; nobody reads more than the few names that fit into an alert.
 */
const DIGEST_STATUSES_MAX = 500;

interface Options {
  alerts: AlertStore;
  statuses: Pick<StatusStore, 'read'>;
  queues: QueueSet;
  log: Logger;
  now: () => Date;
}

/** What one person is to be told, before it is put into the queues of their devices. */
interface PersonAlert extends Claim, AlertReader {}

/**
 * Plans alerts: who is told of what, one push job for each device. It knows ids only; what an alert says is read when it is
 * sent. Safe to run twice, and after a stop midway, by the claims of `store/alerts.ts`.
 */
export function createAlertProcessor({
  alerts,
  statuses,
  queues,
  log,
  now,
}: Options): (job: Pick<Job<AlertJob>, 'data'>) => Promise<void> {
  async function tellDigest(circle: string, window: number): Promise<void> {
    const job = `digest-${circle}-${window}`;
    const news = await alerts.claimDigest(circle, window, now());
    if (news.length > DIGEST_STATUSES_MAX) log.info({ job, statuses: news.length }, 'digest tells only the newest');
    const told = news.slice(-DIGEST_STATUSES_MAX);
    if (told.length > 0) {
      await tellMembers(circle, job, 'digest', ({ person, level }) => {
        const others = level === 'all' || level === 'digest' ? statusesByOthers(told, person) : [];
        return others.length > 0 ? alerts.claim(person, job, others, now()) : null;
      });
    }
    await alerts.finishDigest(circle, window);
  }

  async function tellHelp(circle: string, status: string): Promise<void> {
    const record = await statuses.read(status);
    if (!record || record.retracted) return;
    const job = `help-${circle}-${status}`;
    await tellMembers(circle, job, 'help', ({ person, level }) =>
      level === 'none' || person === record.author ? null : alerts.claim(person, job, [status], now()),
    );
  }

  /** Whatever their level is now: whoever was frightened is told that it is over. */
  async function tellWithdrawn(circle: string, status: string): Promise<void> {
    const job = `withdrawn-${circle}-${status}`;
    await tellMembers(circle, job, 'withdrawn', ({ person }) => alerts.claimWithdrawn(person, job, status, now()));
  }

  async function tellMembers(
    circle: string,
    job: string,
    kind: AlertJob['kind'],
    claim: (reader: AlertReader) => Promise<Claim> | null,
  ): Promise<void> {
    for await (const page of alerts.pageMembers(circle)) {
      const claims = await Promise.all(page.map(async (reader) => ({ ...reader, ...(await claim(reader)) })));
      const found = claims.filter((alert): alert is PersonAlert => (alert.statuses?.length ?? 0) > 0);
      await queuePushes(queues, circle, job, kind, found);
      const settled = kind === 'withdrawn' ? 'withdrawn' : 'alerts';
      await Promise.all(found.map((alert) => alerts.settle(alert.person, job, alert.statuses, settled)));
    }
  }

  return async ({ data }) => {
    if (data.kind === 'digest') await tellDigest(data.circle, data.window);
    else if (data.kind === 'help') await tellHelp(data.circle, data.status);
    else await tellWithdrawn(data.circle, data.status);
  };
}

function statusesByOthers(news: NewsItem[], person: string): string[] {
  return news.filter(({ author }) => author !== person).map(({ status }) => status);
}

/** One job for each device, in the lane of its push service. Its id is made of the alert's, so that a repeat adds none. */
async function queuePushes(
  queues: QueueSet,
  circle: string,
  job: string,
  kind: AlertJob['kind'],
  alerts: PersonAlert[],
): Promise<void> {
  const lanes = new Map<string, { name: string; data: PushJob; opts: JobsOptions }[]>();
  for (const { person, level, devices, statuses } of alerts) {
    const isApart = level === 'all' && kind === 'digest';
    for (const told of isApart ? statuses.map((status) => [status]) : [statuses]) {
      for (const { session, provider } of devices) {
        const jobId = `${job}-${session}${isApart ? `-${told[0]}` : ''}`;
        const lane = laneOf(kind, provider);
        const jobs = lanes.get(lane) ?? [];
        lanes.set(lane, jobs);
        jobs.push({ name: kind, data: { kind, person, session, circle, statuses: told }, opts: { jobId } });
      }
    }
  }
  await Promise.all([...lanes].map(([lane, jobs]) => queues.get<PushJob>(lane).addBulk(jobs)));
}

/** A withdrawal goes the way of the *help* that it takes back, so that it does not arrive long after it. */
function laneOf(kind: AlertJob['kind'], provider: Provider): string {
  return kind === 'digest' ? QUEUES.push(provider) : QUEUES.pushHelp(provider);
}
