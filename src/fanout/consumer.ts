import type { Logger } from 'pino';
import type { FanoutJob, Lane, QueueSet } from '../platform/queues.ts';
import { parseOrderKey } from '../store/order-key.ts';
import type { OutboxStore } from '../store/outbox.ts';
import type { PublishingStore } from '../store/publishing.ts';
import type { StatusRecord, StatusStore } from '../store/statuses.ts';
import { addAlertJobs, type DueAlert, findDigestAlert, helpAlert } from './alert-jobs.ts';

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
    const shown = known.filter(({ retracted }) => !retracted);
    const withdrawn = known.filter(({ retracted }) => retracted);
    // All circles at once: the connection pipelines them, and each is one script.
    const brought = await Promise.all([
      ...[...groupByCircle(shown)].map(([circle, records]) => bringTo(options, circle, records)),
      ...withdrawn.flatMap((record) => record.circles.map((circle) => takeOff(options, circle, record))),
    ]);
    // Also where another circle failed: a window that was opened now is opened by nobody else.
    await addAlertJobs(
      options.queues,
      brought.flatMap(({ alerts }) => alerts),
      now(),
    );
    const failure = brought.find(({ error }) => error)?.error;
    if (failure) throw failure;
    await outbox.clear(shard, batch);
    for (const { condition, acceptedAt, retracted } of known) {
      if (retracted) continue;
      options.metrics.observeFanout(condition === 'help' ? 'help' : 'fanout', (now().getTime() - Date.parse(acceptedAt)) / 1_000);
    }
    log.debug({ batch, statuses: ids }, 'fanned out');
  };
}

/** What became of statuses in one circle. */
interface Brought {
  /** Alerts whose job has to be added now. */
  alerts: DueAlert[];
  /** Why one of them did not get there; others may have. */
  error?: Error;
}

async function bringTo({ publishing, now }: FanoutOptions, circle: string, records: StatusRecord[]): Promise<Brought> {
  const published = await publishing.publish(circle, records, now()).catch(toError);
  if (published instanceof Error) return { alerts: [], error: published };
  const { outcomes, digest } = published;
  const told = records.flatMap(({ id, condition }, index) => {
    const outcome = outcomes[index];
    return outcome === 'published' || outcome === 'seen' ? [{ id, condition, outcome }] : [];
  });
  const helps = told.filter(({ condition }) => condition === 'help').map(({ id }) => helpAlert('help', circle, id));
  const hasRepeats = told.some(({ condition, outcome }) => condition !== 'help' && outcome === 'seen');
  const error = outcomes.find((outcome) => outcome instanceof Error);
  return { alerts: [...helps, ...findDigestAlert(circle, digest, hasRepeats, now())], ...(error && { error }) };
}

async function takeOff({ publishing, statuses, now }: FanoutOptions, circle: string, record: StatusRecord): Promise<Brought> {
  const readFallback = (orderKey: string) => statuses.read(parseOrderKey(orderKey).id);
  const outcome = await publishing.retract(circle, record, readFallback, now()).catch(toError);
  if (outcome instanceof Error) return { alerts: [], error: outcome };
  return { alerts: record.condition === 'help' ? [helpAlert('withdrawn', circle, record.id)] : [] };
}

function groupByCircle(records: StatusRecord[]): Map<string, StatusRecord[]> {
  const groups = new Map<string, StatusRecord[]>();
  for (const record of records) {
    for (const circle of record.circles) {
      const group = groups.get(circle);
      if (group) group.push(record);
      else groups.set(circle, [record]);
    }
  }
  return groups;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
