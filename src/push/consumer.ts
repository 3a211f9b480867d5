import { type Job, UnrecoverableError } from 'bullmq';
import type { Logger } from 'pino';
import { PUSH_HELP_LANE_PAUSE_MAX_MS, PUSH_LANE_PAUSE_MAX_MS } from '../contract/limits.ts';
import { chooseRetryWait } from '../contract/send-again.ts';
import type { PushAlert, PushJob } from '../platform/jobs.ts';
import { putOff } from '../platform/queues.ts';
import type { PushSubscriptionStore } from '../store/push-subscriptions.ts';
import type { StatusStore } from '../store/statuses.ts';
import { TTL_SECONDS } from './alert.ts';
import { type Composed, confirmable } from './compose.ts';
import type { Lane } from './lane.ts';
import type { PushMetrics, SendPush } from './send.ts';

/** The first try after a failure, doubled each time: short, for most failures are over in a second. */
const RETRY_FIRST_MS = 1_000;
/** The longest pause of our own, as long as its lane's: *help* must not miss the moment at which the push service is back. */
const RETRY_MAX_MS: Readonly<Record<PushAlert['kind'], number>> = {
  help: PUSH_HELP_LANE_PAUSE_MAX_MS,
  withdrawn: PUSH_HELP_LANE_PAUSE_MAX_MS,
  digest: PUSH_LANE_PAUSE_MAX_MS,
  device: PUSH_LANE_PAUSE_MAX_MS,
  test: 10_000,
};

/** Jobs whose alerts that are done could not be written down, remembered by this process: a page each, some 10 KB. */
const UNSAVED_MAX = 1_000;

interface Options {
  compose: (alerts: PushAlert[]) => Promise<Composed[]>;
  send: SendPush;
  lane: Pick<Lane, 'run'>;
  subscriptions: Pick<PushSubscriptionStore, 'removeGone'>;
  statuses: Pick<StatusStore, 'recordAlerted'>;
  metrics: Pick<PushMetrics, 'countPush'>;
  log: Logger;
  now: () => Date;
}

/** How one alert ended: for good, or to be tried again in so many ms. */
type Ending =
  | { kind: 'done'; reached?: string[] }
  | { kind: 'failed' }
  | { kind: 'again'; delayMs: number }
  /** Nothing was sent: a bug, or Redis did not answer. */
  | { kind: 'broken'; err: unknown };

/**
 * Sends the alerts of one job, each to one device. While their push service fails or its lane is paused, the job is put off with
 * those that are left, until they are not worth delivering any more; that uses up none of its attempts, which are for bugs. A
 * worker that is killed midway sends at most one page again; phones then replace the one with the other by its topic. Writing
 * down what became of an alert never makes a job fail: at a full Redis each attempt would send the whole page again.
 */
export function createPushProcessor(options: Options): (job: Job<PushJob>, token?: string) => Promise<void> {
  const { compose, send, lane, subscriptions, metrics, log, now } = options;
  /** By job: alerts that are done, although its data still holds them. Another worker that gets the job sends them once more. */
  const unsaved = new Map<string, Set<string>>();

  async function deliver(alert: PushAlert, composed: Composed, job: Job<PushJob>): Promise<Ending> {
    const { kind, person, session } = alert;
    const about = { job: job.id, kind, person, session };
    if ('skipped' in composed) {
      log.info({ ...about, reason: composed.skipped }, 'alert not sent');
      metrics.countPush(job.queueName.replace(/^push-|-help$/g, ''), `skipped-${composed.skipped}`);
      return { kind: 'done' };
    }
    const { subscription, encoded, statuses } = composed;
    const result = await lane.run(() => send(subscription, encoded, about));
    if (result.outcome === 'delivered') {
      log.debug({ ...about, statuses }, 'alert delivered');
      return { kind: 'done', reached: confirmable(kind) ? statuses : [] };
    }
    if (result.outcome === 'gone') {
      // Where it stays, the next alert finds it gone again.
      await subscriptions.removeGone(person, session, subscription.endpoint).then(
        (removed) => log.info({ ...about, removed }, 'push subscription gone'),
        (err: unknown) => log.warn({ ...about, err }, 'push subscription gone, but not removed'),
      );
      return { kind: 'done' };
    }
    if (result.outcome === 'rejected') return { kind: 'failed' };
    const delayMs =
      result.outcome === 'paused'
        ? result.retryAfterMs + Math.random() * RETRY_FIRST_MS
        : retryDelay(kind, job.attemptsStarted, result.retryAfterMs);
    const isWorthIt = now().getTime() + delayMs < job.timestamp + TTL_SECONDS[kind] * 1_000;
    if (isWorthIt) return { kind: 'again', delayMs };
    log.error(about, 'push service failed for as long as the alert was worth delivering');
    return { kind: 'failed' };
  }

  /** Writes down which alerts are left; where Redis takes nothing, this process remembers at least which are done. */
  async function save(job: Job<PushJob>, left: PushAlert[], done: PushAlert[]): Promise<void> {
    const id = job.id ?? '';
    try {
      await job.updateData({ kind: 'page', alerts: left });
      unsaved.delete(id);
    } catch (err) {
      log.warn({ job: id, err }, 'alerts that are done not written down');
      const names = unsaved.get(id) ?? new Set();
      for (const alert of done) names.add(nameOf(alert));
      unsaved.delete(id);
      unsaved.set(id, names);
      for (const oldest of [...unsaved.keys()].slice(0, -UNSAVED_MAX)) unsaved.delete(oldest);
    }
  }

  return async (job, token) => {
    const before = unsaved.get(job.id ?? '');
    const all = job.data.kind === 'page' ? job.data.alerts : [job.data];
    const alerts = before ? all.filter((alert) => !before.has(nameOf(alert))) : all;
    const at = now().getTime();
    const left = alerts.filter(({ notBefore = 0 }) => notBefore > at);
    const due = alerts.filter((alert) => !left.includes(alert));
    const composed = await compose(due);
    const endings = await Promise.all(
      due.map((alert, index) =>
        deliver(alert, composed[index] as Composed, job).catch((err: unknown): Ending => ({ kind: 'broken', err })),
      ),
    );
    const reached = new Map<string, Set<string>>();
    const done: PushAlert[] = [];
    const broken: PushAlert[] = [];
    let failed = 0;
    for (const [index, alert] of due.entries()) {
      const ending = endings[index] as Ending;
      if (ending.kind === 'again') left.push({ ...alert, notBefore: now().getTime() + ending.delayMs });
      else if (ending.kind === 'broken') broken.push(alert);
      else done.push(alert);
      if (ending.kind === 'failed') failed += 1;
      if (ending.kind !== 'done') continue;
      for (const status of ending.reached ?? []) reached.set(status, (reached.get(status) ?? new Set()).add(alert.person));
    }
    await options.statuses
      .recordAlerted(reached)
      .catch((err: unknown) => log.warn({ job: job.id, err }, 'whom an alert reached not written down'));
    const isToBeSaved = left.length > 0 || (broken.length > 0 && done.length > 0);
    if (isToBeSaved) await save(job, [...broken, ...left], done);
    const bug = endings.find((ending) => ending.kind === 'broken');
    if (bug) throw bug.err;
    if (left.length > 0) {
      const delayMs = Math.max(0, Math.min(...left.map(({ notBefore = 0 }) => notBefore)) - now().getTime());
      log.debug({ job: job.id, delayMs, alerts: left.length }, 'pushes put off');
      await putOff(job, Date.now() + delayMs, token);
    }
    unsaved.delete(job.id ?? '');
    if (failed > 0) throw new UnrecoverableError(`${failed} of ${alerts.length} pushes were rejected, or failed for too long`);
  };
}

/** What tells the alerts of one job apart, whenever they are to be tried. */
function nameOf({ notBefore: _, ...alert }: PushAlert): string {
  return JSON.stringify(alert);
}

/**
 * Ms until the next try: what the push service asks for, or our own pause when that is longer. Jittered, so that a circle's
 * alerts do not all come back in the same moment. `attempt` counts from 1.
 */
export function retryDelay(kind: PushAlert['kind'], attempt: number, retryAfterMs: number | null): number {
  const waits = { firstMs: RETRY_FIRST_MS, longestMs: RETRY_MAX_MS[kind] };
  return chooseRetryWait(waits, attempt - 1, Math.random(), retryAfterMs ?? 0);
}
