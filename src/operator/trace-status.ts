import { alertJobId } from '../platform/alert-job.ts';
import { findFanoutQueue } from '../platform/fanout-job.ts';
import { type AlertJob, type Lane, laneOf, QUEUES } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import type { DueAlertStore } from '../store/due-alerts.ts';
import type { ReachedStore } from '../store/reached.ts';
import type { StatusStore } from '../store/statuses.ts';
import type { TracedBatch, TracedCircle, TraceStore } from '../store/traces.ts';

/** A BullMQ job as an operator sees it. `state` is BullMQ's word, `unknown` where there is no such job. */
export interface TracedJob {
  state: string;
  attemptsMade: number;
  attempts: number;
}
/** A job; or a digest that is due without one: `scheduled`, `taken` by a worker, or `lost`, where neither it nor a job is found. */
export type TracedAlert = TracedJob | 'scheduled' | 'taken' | 'lost';
/** Everything about where a status is; ids, times and counts only, for a trace is pasted into mails. */
export interface Trace {
  id: string;
  acceptedAt: string;
  shard: number;
  lane: Lane;
  isRetracted: boolean;
  batches: (TracedBatch & { job: TracedJob })[];
  circles: (TracedCircle & { alert: TracedAlert | null })[];
  /** People: claimed by an alert job, their alerts queued, their push service took one, their phone confirmed one. */
  alerts: { claimed: number; queued: number; taken: number; reached: number };
}

interface Options {
  statuses: Pick<StatusStore, 'read' | 'shardOf' | 'countAlerted'>;
  reached: Pick<ReachedStore, 'count'>;
  traces: TraceStore;
  dueAlerts: Pick<DueAlertStore, 'find'>;
  queues: QueueSet;
}

const NOT_TRIED = { attemptsMade: 0, attempts: 0 };

/** Looks for a status everywhere. Null when its record is not there: never accepted, expired, or erased with its author. */
export async function traceStatus(id: string, { statuses, reached, traces, dueAlerts, queues }: Options): Promise<Trace | null> {
  const record = await statuses.read(id);
  if (!record) return null;
  const shard = statuses.shardOf(id);
  const lane = laneOf(record.condition);
  const [batches, circles, claims, taken, confirmed] = await Promise.all([
    traces.findBatches(shard, id),
    Promise.all(record.circles.map((circle) => traces.readCircle(circle, record))),
    traces.countClaims(record.circles, id),
    statuses.countAlerted(id),
    reached.count(id),
  ]);
  return {
    id,
    acceptedAt: record.acceptedAt,
    shard,
    lane,
    isRetracted: record.retracted === true,
    batches: await Promise.all(
      batches.map(async (batch) => ({ ...batch, job: await readJob(queues, batch.id, batch.lane, shard) })),
    ),
    circles: await Promise.all(
      circles.map(async (circle) => ({ ...circle, alert: await readAlert({ dueAlerts, queues }, circle, id, lane) })),
    ),
    alerts: { ...claims, taken, reached: confirmed },
  };
}

async function readJob(queues: QueueSet, id: string, lane: Lane, shard: number): Promise<TracedJob> {
  return describeJob(await findFanoutQueue(queues, lane, shard).getJob(id));
}

/** *help* is told by a job of its own; a digest that it waits for has a job only once it has failed. */
async function readAlert(
  { dueAlerts, queues }: Pick<Options, 'dueAlerts' | 'queues'>,
  at: TracedCircle,
  id: string,
  lane: Lane,
): Promise<TracedAlert | null> {
  if (lane === 'help') {
    const job = await queues.get<AlertJob>(QUEUES.alertsHelp).getJob(alertJobId({ kind: 'help', circle: at.circle, status: id }));
    return job ? describeJob(job) : null;
  }
  if (!at.digest) return null;
  const { circle, digest } = at;
  const alert = { kind: 'digest', circle, window: digest.window } as const;
  const found = await dueAlerts.find(alert);
  if (found) return found;
  const job = await describeJob(await queues.get<AlertJob>(QUEUES.alerts).getJob(alertJobId(alert)));
  return job.state === 'unknown' ? 'lost' : job;
}

async function describeJob(
  job: { getState(): Promise<string>; attemptsMade: number; opts: { attempts?: number } } | undefined,
): Promise<TracedJob> {
  if (!job) return { ...NOT_TRIED, state: 'unknown' };
  return { state: await job.getState(), attemptsMade: job.attemptsMade, attempts: job.opts.attempts ?? 1 };
}
