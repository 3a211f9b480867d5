import { DIGEST_OVERDUE_SECONDS, DIGEST_PUT_OFF_MAX_SECONDS, DUE_ALERT_LEASE_SECONDS } from '../contract/limits.ts';
import type { Standing } from '../store/traces.ts';
import type { Trace, TracedAlert, TracedJob } from './trace-status.ts';

/** What each state of a job means to somebody who waits for it. */
const JOBS: Record<string, string> = {
  waiting: 'a worker takes it when its turn comes; where none does, the workers are down',
  prioritized: 'a worker takes it when its turn comes; where none does, the workers are down',
  active: 'a worker is at it now; where that worker has died, another takes over within seconds',
  delayed: 'it waits for its time, or failed and is tried again soon',
  failed: 'it failed for good: the log says why, and the sweeper splits or parks the batch',
  completed: 'it is done',
  unknown: 'there is no job: it just ended, or was lost, and then the sweeper adds it again within seconds',
};

/** The same of a digest that has no job; it has one only once it has failed. */
const DIGESTS: Record<Extract<TracedAlert, string>, string> = {
  scheduled:
    'it is scheduled: a worker takes it within a second of that, or, while statuses wait for their boards, ' +
    `${DIGEST_PUT_OFF_MAX_SECONDS} s later at most; where none does, the workers are down`,
  taken: `a worker is at it now; where that worker has died, another takes over within ${DUE_ALERT_LEASE_SECONDS} s`,
  lost:
    'it is neither scheduled nor in a job: it just went out, or was lost, and then the first status of this circle ' +
    `that comes later than ${DIGEST_OVERDUE_SECONDS} s after that schedules it again`,
};

const STANDINGS: Record<Standing, string> = {
  'no-circle': 'the circle was deleted: there is nobody to show it to',
  'no-member': 'its author is no member (any more): nobody there is shown it',
  retracted: 'taken back: on no board and in no history',
  'on-board': 'on the board: every member who looks sees it',
  superseded: 'in the history only: a newer status of the same person is on the board',
  absent: 'not there',
};

/** A trace in plain words, a line each. `now` in ms. */
export function describeTrace(trace: Trace, now: number): string[] {
  const { id, acceptedAt, shard, lane, isRetracted, batches } = trace;
  return [
    `status    ${id}`,
    `accepted  ${acceptedAt}, ${ago(now - Date.parse(acceptedAt))}; queue shard ${shard}, lane ${lane}: it is on disk`,
    ...(isRetracted ? ['retracted its author took it back: its note and place are forgotten'] : []),
    ...(batches.length === 0 ? ['outbox    nothing left to do: the fan-out has been to all of its circles'] : []),
    ...batches.map((batch) =>
      batch.acceptedAt === null
        ? `parked    batch ${batch.id} kept failing: nothing moves it until an operator does; see the runbook`
        : `outbox    batch ${batch.id}, waiting since ${ago(now - batch.acceptedAt)}; ${describeJob(batch.job)}`,
    ),
    ...describeCircles(trace, now),
    ...describeAlerts(trace),
  ];
}

function describeCircles({ circles, batches }: Trace, now: number): string[] {
  const isOnItsWay = batches.some(({ acceptedAt }) => acceptedAt !== null);
  return circles.flatMap(({ circle, standing, members, digest, alert }) => {
    const isAwaited = standing === 'absent' && isOnItsWay;
    const where = isAwaited ? 'not there yet: the batch above brings it' : STANDINGS[standing];
    const reason = standing === 'absent' && !isAwaited ? ' (its author left and came back, or has written too many since)' : '';
    return [
      `circle    ${circle}, ${members} members: ${where}${reason}`,
      ...(digest
        ? [
            `digest    waits for the next alert of this circle, due ${until(digest.dueAt - now)}; ${describeAlert(alert ?? 'lost')}`,
          ]
        : []),
      ...(!digest && alert ? [`help      alerted at once, by a job of its own; ${describeAlert(alert)}`] : []),
    ];
  });
}

function describeAlerts({ alerts: { claimed, queued, taken, reached } }: Trace): string[] {
  if (claimed === 0) return ['alerts    nobody yet: no member with alerts turned on was due to hear of it'];
  return [
    `alerts    ${people(claimed)} to be alerted, ${people(queued)} have it in the queue of their push service or beyond; ` +
      `the push service took it for ${people(taken)}, and ${people(reached)} have a phone that confirmed it`,
  ];
}

function describeJob({ state, attemptsMade, attempts }: TracedJob): string {
  const tries = attemptsMade > 0 ? `, ${attemptsMade} of ${attempts} attempts used` : '';
  return `its job is ${state}${tries}: ${JOBS[state] ?? 'see BullMQ'}`;
}

function describeAlert(alert: TracedAlert): string {
  return typeof alert === 'string' ? DIGESTS[alert] : describeJob(alert);
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

/** Clocks of two machines may differ: what lies ahead is now. */
function ago(ms: number): string {
  return `${seconds(ms)} ago`;
}

function until(ms: number): string {
  return ms > 0 ? `in ${seconds(ms)}` : `${seconds(-ms)} ago`;
}

function seconds(ms: number): string {
  return `${(Math.max(0, ms) / 1_000).toFixed(1)} s`;
}
