import { DIGEST_OVERDUE_SECONDS } from '../contract/limits.ts';
import { type AlertJob, QUEUES, type QueueSet } from '../platform/queues.ts';
import type { Published } from '../store/publishing.ts';

/** An alert whose job has to be added now. */
export interface DueAlert {
  job: AlertJob;
  id: string;
  /** Moment in ms. */
  dueAt: number;
}

/** Nothing stands behind an alert job once the outbox is cleared: with the default backoff twelve attempts span a quarter of an hour. */
const ALERT_ATTEMPTS = 12;

/** The alert of one *help*, or of its withdrawal. */
export function helpAlert(kind: 'help' | 'withdrawn', circle: string, status: string): DueAlert {
  return { job: { kind, circle, status }, id: `${kind}-${circle}-${status}`, dueAt: 0 };
}

/**
 * The digest of a circle, where its job has to be added now; else nothing. Whoever opens a window adds its job. After a crash in
 * between the status comes again and has been seen (`hasRepeats`), so its window may have no job yet. A window that stays open
 * long past its time has lost its job otherwise.
 */
export function findDigestAlert(circle: string, digest: Published['digest'], hasRepeats: boolean, now: Date): DueAlert[] {
  if (!digest) return [];
  const { window, dueAt, isOpened } = digest;
  const isOverdue = now.getTime() - dueAt > DIGEST_OVERDUE_SECONDS * 1_000;
  if (!isOpened && !hasRepeats && !isOverdue) return [];
  return [{ job: { kind: 'digest', circle, window }, id: `digest-${circle}-${window}`, dueAt }];
}

/**
 * One job per circle and window, whatever the number of statuses; the id makes a second one nothing. A job that failed for good
 * is not kept, for its id would keep a later status of this window from bringing it back.
 */
export async function addAlertJobs(queues: QueueSet, alerts: DueAlert[], now: Date): Promise<void> {
  const unique = [...new Map(alerts.map((alert) => [alert.id, alert])).values()];
  const toBulk = ({ job, id, dueAt }: DueAlert) => ({
    name: job.kind,
    data: job,
    opts: { jobId: id, delay: Math.max(0, dueAt - now.getTime()), removeOnFail: true, attempts: ALERT_ATTEMPTS },
  });
  const urgent = unique.filter(({ job }) => job.kind !== 'digest');
  const digests = unique.filter(({ job }) => job.kind === 'digest');
  if (urgent.length > 0) await queues.get<AlertJob>(QUEUES.alertsHelp).addBulk(urgent.map(toBulk));
  if (digests.length > 0) await queues.get<AlertJob>(QUEUES.alerts).addBulk(digests.map(toBulk));
}
