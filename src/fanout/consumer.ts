import type { Logger } from 'pino';
import { DIGEST_OVERDUE_SECONDS } from '../contract/limits.ts';
import { type AlertJob, type FanoutJob, type Lane, QUEUES, type QueueSet } from '../platform/queues.ts';
import { parseOrderKey } from '../store/order-key.ts';
import type { OutboxStore } from '../store/outbox.ts';
import type { Published, PublishingStore, PublishOutcome } from '../store/publishing.ts';
import type { StatusRecord, StatusStore } from '../store/statuses.ts';

export interface FanoutOptions {
  statuses: StatusStore;
  publishing: PublishingStore;
  outbox: OutboxStore;
  queues: QueueSet;
  metrics: { observeFanout(lane: Lane, seconds: number): void };
  log: Logger;
  now: () => Date;
}

/**
 * Brings one batch to its circles: boards, feeds and live channels first, then the alert jobs, the outbox last. Every step may
 * run twice, also at the same time; a crash anywhere leaves the outbox entry, and with it the whole batch, to be done again.
 */
export function createFanout(options: FanoutOptions) {
  const { statuses, outbox, log, now } = options;

  return async function fanOut(batch: string, { shard, ids }: FanoutJob): Promise<void> {
    const records = await statuses.readMany(ids);
    const known = records.filter((record) => record !== null);
    if (known.length < ids.length)
      log.warn({ batch, missing: ids.length - known.length }, 'statuses erased or expired before their fan-out');
    // All circles of all statuses at once: the connection pipelines them, and each is one script.
    const brought = await Promise.allSettled(
      known.flatMap((record) => record.circles.map((circle) => bringTo(options, circle, record))),
    );
    // Also where another circle failed: a window that was opened now is opened by nobody else.
    const alerts = brought.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
    await addAlertJobs(options.queues, alerts, now());
    const failed = brought.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await outbox.clear(shard, batch);
    for (const { condition, acceptedAt, retracted } of known) {
      if (retracted) continue;
      options.metrics.observeFanout(condition === 'help' ? 'help' : 'fanout', (now().getTime() - Date.parse(acceptedAt)) / 1_000);
    }
    log.debug({ batch, statuses: ids }, 'fanned out');
  };
}

interface DueAlert {
  job: AlertJob;
  id: string;
  /** Moment in ms. */
  dueAt: number;
}

/** One status to one circle. @returns the alert whose job has to be added now */
async function bringTo(options: FanoutOptions, circle: string, record: StatusRecord): Promise<DueAlert | null> {
  const { publishing, statuses, now } = options;
  if (record.retracted) {
    await publishing.retract(circle, record, (orderKey) => statuses.read(parseOrderKey(orderKey).id), now());
    if (record.condition !== 'help') return null;
    return { job: { kind: 'withdrawn', circle, status: record.id }, id: `withdrawn-${circle}-${record.id}`, dueAt: 0 };
  }
  const { outcome, digest } = await publishing.publish(circle, record, now());
  if (outcome === 'retracted' || outcome === 'not-member') return null;
  if (record.condition === 'help')
    return { job: { kind: 'help', circle, status: record.id }, id: `help-${circle}-${record.id}`, dueAt: 0 };
  if (!digest || !needsJob(outcome, digest, now())) return null;
  return { job: { kind: 'digest', circle, window: digest.window }, id: `digest-${circle}-${digest.window}`, dueAt: digest.dueAt };
}

/**
 * Whoever opens a window adds its job. After a crash in between the status comes again and has been seen, so that its window
 * may have no job yet. A window that stays open long past its time lost its job otherwise.
 */
function needsJob(outcome: PublishOutcome, { isOpened, dueAt }: NonNullable<Published['digest']>, now: Date): boolean {
  return isOpened || outcome === 'seen' || now.getTime() - dueAt > DIGEST_OVERDUE_SECONDS * 1_000;
}

/** Nothing stands behind an alert job once the outbox is cleared: with the default backoff twelve attempts span a quarter of an hour. */
const ALERT_ATTEMPTS = 12;

/**
 * One job per circle and window, whatever the number of statuses; the id makes a second one nothing. A job that failed for good
 * is not kept, for its id would keep a later status of this window from bringing it back.
 */
async function addAlertJobs(queues: QueueSet, alerts: DueAlert[], now: Date): Promise<void> {
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
