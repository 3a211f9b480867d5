import type { Logger } from 'pino';
import { BATCH_MAX } from '../contract/limits.ts';
import { type FanoutJob, type Lane, laneOf } from '../platform/jobs.ts';
import type { QueueSet } from '../platform/queues.ts';
import { Rounds } from '../platform/rounds.ts';
import type { DueAlert, DueAlertStore } from '../store/due-alerts.ts';
import { parseOrderKey } from '../store/order-key.ts';
import type { OutboxStore } from '../store/outbox.ts';
import type { PublishingStore } from '../store/publishing.ts';
import type { StatusRecord, StatusStore } from '../store/statuses.ts';
import { addHelpJobs, findDigest, type HelpAlert } from './alert-jobs.ts';

export interface FanoutOptions {
  statuses: StatusStore;
  publishing: PublishingStore;
  outbox: OutboxStore;
  dueAlerts: Pick<DueAlertStore, 'findOpen'>;
  queues: QueueSet;
  metrics: { observeFanout(lane: Lane, seconds: number): void };
  log: Logger;
  now: () => Date;
}

/** Two keep Redis and this process busy in turn; with more, rounds stay small and cost more for each status. */
const ROUNDS_AT_ONCE = 2;
/** Statuses in a round: its jobs are to stay far below their lock's time, and nobody else is to wait long behind its scripts. */
const ROUND_STATUSES_MAX = 500;

/** A batch of the outbox, as its job names it. */
interface Order extends FanoutJob {
  batch: string;
}

/**
 * Brings batches to their circles: boards, feeds and live channels first, then the alerts, the outbox last. Jobs that run at
 * the same time share a round, so one of these serves one queue alone. Every step may run twice, also at the same time; a crash
 * anywhere leaves the outbox entries, and with them whole batches, to be done again. A job ends without waiting for the outbox:
 * both are then written with one fsync, and what is not cleared is done again.
 * @returns what does one job; it rejects where a status of this batch could not be brought somewhere, not where another's could not
 */
export function createFanout(options: FanoutOptions): (batch: string, job: FanoutJob) => Promise<void> {
  const rounds = new Rounds<Order, void>({
    work: (orders) => bringRound(options, orders),
    atOnce: ROUNDS_AT_ONCE,
    mostWeight: ROUND_STATUSES_MAX,
    weigh: ({ ids }) => ids.length,
  });
  return (batch, { shard, ids }) => rounds.add({ batch, shard, ids });
}

async function bringRound(options: FanoutOptions, orders: Order[]): Promise<(Error | undefined)[]> {
  const { statuses, outbox, queues, log, now } = options;
  const ids = orders.flatMap((order) => order.ids);
  const known = (await statuses.readMany(ids)).filter((record) => record !== null);
  if (known.length < ids.length)
    log.warn({ missing: ids.length - known.length, of: ids.length }, 'statuses erased or expired before their fan-out');
  const brought = await bringAll(options, known);
  // Also where another circle failed, and so for the digests: a window that was opened now is opened by nobody else.
  await addHelpJobs(
    queues,
    brought.flatMap(({ helps }) => helps),
  );
  const failures = new Map(brought.flatMap(({ failed }) => failed));
  const outcomes = orders.map((order) => order.ids.map((id) => failures.get(id)).find((error) => error !== undefined));
  const done = orders.filter((_, index) => !outcomes[index]);
  const digests = brought.flatMap((one) => one.digests);
  finishBatches(outbox, orders, done, digests).catch((err) =>
    log.warn({ err, batches: done.map(({ batch }) => batch) }, 'outbox not cleared; the sweeper brings these batches again'),
  );
  for (const { id, condition, acceptedAt, retracted } of known) {
    if (retracted || failures.has(id)) continue;
    options.metrics.observeFanout(laneOf(condition), (now().getTime() - Date.parse(acceptedAt)) / 1_000);
  }
  log.debug({ batches: orders.map(({ batch }) => batch), statuses: ids }, 'fanned out');
  return outcomes;
}

/** What became of statuses in one circle. */
interface Brought {
  /** Alerts that go out now. */
  helps: HelpAlert[];
  /** Those that have to be scheduled now. */
  digests: DueAlert[];
  /** Ids of those that did not get there, with why; the others did. */
  failed: (readonly [string, Error])[];
}

/** All circles at once: the connection pipelines them, and each is one script (or a few, each of which others may overtake). */
function bringAll(options: FanoutOptions, known: StatusRecord[]): Promise<Brought[]> {
  const shown = groupByCircle(known.filter(({ retracted }) => !retracted));
  const takenBack = known.filter(({ retracted }) => retracted);
  return Promise.all([
    ...[...shown].flatMap(([circle, records]) => inPieces(records).map((piece) => bringTo(options, circle, piece))),
    ...takenBack.flatMap((record) => record.circles.map((circle) => takeOff(options, circle, record))),
  ]);
}

async function bringTo({ publishing, now }: FanoutOptions, circle: string, records: StatusRecord[]): Promise<Brought> {
  const published = await publishing.publish(circle, records, now()).catch(toError);
  if (published instanceof Error) return { helps: [], digests: [], failed: records.map(({ id }) => [id, published] as const) };
  const { outcomes, digest } = published;
  const told = records.flatMap(({ id, condition }, index) => {
    const outcome = outcomes[index];
    return outcome === 'published' || outcome === 'seen' ? [{ id, condition, outcome }] : [];
  });
  const helps = told
    .filter(({ condition }) => condition === 'help')
    .map(({ id }) => ({ kind: 'help', circle, status: id }) as const);
  const hasOthers = outcomes.some((outcome) => outcome !== 'published');
  const failed = records.flatMap(({ id }, index) => {
    const outcome = outcomes[index];
    return outcome instanceof Error ? [[id, outcome] as const] : [];
  });
  return { helps, digests: findDigest(circle, digest, hasOthers, now()), failed };
}

/** The digest goes with it: this status may have opened the window before a crash that left it unscheduled. */
async function takeOff(
  { publishing, statuses, dueAlerts, now }: FanoutOptions,
  circle: string,
  record: StatusRecord,
): Promise<Brought> {
  const readFallback = (orderKey: string) => statuses.read(parseOrderKey(orderKey).id);
  const retracting = publishing.retract(circle, record, readFallback, now());
  const open = await retracting.then(() => dueAlerts.findOpen(circle)).catch(toError);
  if (open instanceof Error) return { helps: [], digests: [], failed: [[record.id, open]] };
  const helps: HelpAlert[] = record.condition === 'help' ? [{ kind: 'withdrawn', circle, status: record.id }] : [];
  return { helps, digests: open ? [open] : [], failed: [] };
}

/** One script for each shard; the first schedules the digests, and the others wait for it. */
async function finishBatches(outbox: OutboxStore, orders: Order[], done: Order[], digests: DueAlert[]): Promise<void> {
  let alerts = digests;
  for (const shard of new Set(orders.map((order) => order.shard))) {
    const batches = done.filter((order) => order.shard === shard).map(({ batch }) => batch);
    if (batches.length + alerts.length > 0) await outbox.finish(shard, batches, alerts);
    alerts = [];
  }
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

/** A script takes BATCH_MAX statuses at most, so that nobody else waits long behind it. */
function inPieces(records: StatusRecord[]): StatusRecord[][] {
  if (records.length <= BATCH_MAX) return [records];
  return [records.slice(0, BATCH_MAX), ...inPieces(records.slice(BATCH_MAX))];
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
