import { DIGEST_OVERDUE_SECONDS } from '../contract/limits.ts';
import { alertJobId } from '../platform/alert-job.ts';
import { ALERT_ATTEMPTS, type AlertJob, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import type { DueAlert } from '../store/due-alerts.ts';
import type { Published } from '../store/publishing.ts';

/** The alert of one *help*, or of its withdrawal: it goes out at once. */
export interface HelpAlert {
  kind: 'help' | 'withdrawn';
  circle: string;
  status: string;
}

/**
 * The digest of a circle, where it has to be scheduled now; else nothing. Whoever opens a window schedules it. After a crash in
 * between the status comes again and is not published again (`hasOthers`: it has been seen, or its author has left), so its
 * window may have no digest yet. A window that stays open long past its time has lost it otherwise.
 */
export function findDigest(circle: string, digest: Published['digest'], hasOthers: boolean, now: Date): DueAlert[] {
  if (!digest) return [];
  const { window, dueAt, isOpened } = digest;
  const isOverdue = now.getTime() - dueAt > DIGEST_OVERDUE_SECONDS * 1_000;
  if (!isOpened && !hasOthers && !isOverdue) return [];
  return [{ alert: { kind: 'digest', circle, window }, dueAt }];
}

/**
 * One job for each *help* and circle; the id makes a second one nothing. A job that failed for good is not kept, for its id would
 * keep a later repeat of it from bringing it back.
 */
export async function addHelpJobs(queues: QueueSet, alerts: HelpAlert[]): Promise<void> {
  const unique = [...new Map(alerts.map((alert) => [alertJobId(alert), alert])).values()];
  if (unique.length === 0) return;
  const toBulk = (alert: HelpAlert) => ({
    name: alert.kind,
    data: alert,
    opts: { jobId: alertJobId(alert), removeOnFail: true, attempts: ALERT_ATTEMPTS },
  });
  await queues.get<AlertJob>(QUEUES.alertsHelp).addBulk(unique.map(toBulk));
}
