import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { Logger } from 'pino';
import type { PushJob } from '../platform/queues.ts';
import type { PushSubscriptionStore } from '../store/push-subscriptions.ts';
import type { StatusStore } from '../store/statuses.ts';
import { TTL_SECONDS } from './alert.ts';
import type { Composed } from './compose.ts';
import type { PushMetrics, SendPush } from './send.ts';

/** The first try after a failure, doubled each time: short, for most failures are over in a second. */
const RETRY_FIRST_MS = 1_000;
/** The longest pause of our own: *help* must not miss the moment at which the push service is back. */
const RETRY_MAX_MS: Readonly<Record<PushJob['kind'], number>> = {
  help: 30_000,
  withdrawn: 30_000,
  digest: 300_000,
  device: 300_000,
  test: 10_000,
};

interface Options {
  compose: (job: PushJob) => Promise<Composed>;
  send: SendPush;
  subscriptions: Pick<PushSubscriptionStore, 'removeGone'>;
  statuses: Pick<StatusStore, 'recordAlerted'>;
  metrics: PushMetrics;
  log: Logger;
  now: () => Date;
}

/**
 * Sends one alert to one device. While the push service fails, the job is put off until the alert is not worth delivering any
 * more; that uses up none of its attempts, which are for bugs.
 */
export function createPushProcessor(options: Options): (job: Job<PushJob>, token?: string) => Promise<void> {
  const { compose, send, subscriptions, metrics, log, now } = options;
  return async (job, token) => {
    const { kind, person, session } = job.data;
    const about = { job: job.id, kind, person, session };
    const composed = await compose(job.data);
    if ('skipped' in composed) {
      log.info({ ...about, reason: composed.skipped }, 'alert not sent');
      metrics.countPush(job.queueName.replace(/^push-|-help$/g, ''), `skipped-${composed.skipped}`);
      return;
    }
    const { subscription, encoded, statuses } = composed;
    const result = await send(subscription, encoded, about);
    if (result.outcome === 'delivered') {
      if (kind === 'digest' || kind === 'help') await options.statuses.recordAlerted(person, statuses);
      log.debug({ ...about, statuses }, 'alert delivered');
    } else if (result.outcome === 'gone') {
      const removed = await subscriptions.removeGone(person, session, subscription.endpoint);
      log.info({ ...about, removed }, 'push subscription gone');
    } else if (result.outcome === 'rejected') {
      throw new UnrecoverableError('push rejected');
    } else {
      const delayMs = retryDelay(kind, job.attemptsStarted, result.retryAfterMs);
      const isWorthIt = now().getTime() + delayMs < job.timestamp + TTL_SECONDS[kind] * 1_000;
      if (!isWorthIt) throw new UnrecoverableError('push service failed for as long as the alert was worth delivering');
      log.debug({ ...about, delayMs }, 'push put off');
      await job.moveToDelayed(Date.now() + delayMs, token);
      throw new DelayedError();
    }
  };
}

/**
 * Ms until the next try: what the push service asks for, or our own pause when that is longer. Jittered, so that a circle's
 * alerts do not all come back in the same moment. `attempt` counts from 1.
 */
export function retryDelay(kind: PushJob['kind'], attempt: number, retryAfterMs: number | null): number {
  const own = Math.min(RETRY_MAX_MS[kind], RETRY_FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.max(retryAfterMs ?? 0, own / 2) + Math.random() * (own / 2);
}
