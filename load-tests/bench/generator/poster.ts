import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Histogram } from '../../instruments/histogram.ts';
import { monotonicMicros } from '../lib/clock.ts';
import { makeStatusId } from '../lib/status-id.ts';
import { choosePost, isHelp } from '../lib/world.ts';
import { DIALECTS } from './dialects.ts';
import { HttpPool } from './http-pool.ts';
import type { PosterOrder, PostOrder, PostReport, Setup } from './orders.ts';

/** Requests under way at once: enough for 12,000 a second at 20 ms each. */
const CONNECTIONS = 256;
/** Whoever needs help has a phone of their own, and does not wait for the answers to others. */
const HELP_CONNECTIONS = 64;
const LATE_MICROS = 100_000;
/** A timer of Node is exact to a millisecond or so; a post that goes out within that is on time, and its id says when. */
const TIMER_MICROS = 2_000;
/** When so many seconds of posts wait for a connection, the outcome of the step is known. */
const SATURATED_SECONDS = 1.5;
const ANSWER_LIMIT_MS = 15_000;
/** A persistent step waits for as long as a person would, and longer than any Retry-After. */
const PERSISTENT_LIMIT_MS = 120_000;
/** Where no Retry-After came: no answer at all. */
const RETRY_MS = 500;

let setup: Setup | undefined;
let pool: HttpPool | undefined;
let helpPool: HttpPool | undefined;

/** Posts at a rate, whether or not earlier posts were answered: a service that slows down does not slow its load down. */
async function post({ rate, seconds, first, isPersistent = false, helpEvery = 0 }: PostOrder): Promise<PostReport> {
  if (!setup || !pool) throw new Error('no setup');
  const { world, shape } = setup;
  const dialect = DIALECTS[setup.dialect];
  const okTarget = pool;
  if (helpEvery > 0) helpPool ??= new HttpPool(setup.port, HELP_CONNECTIONS);
  const accept = new Histogram();
  const total = Math.round(rate * seconds);
  const micros = 1_000_000 / rate;
  const report = { posted: 0, accepted: 0, late: 0, again: 0, isSaturated: false };
  const isConfirmed = new Uint8Array(total);
  let answered = 0;
  let isOver = false;
  const utilisation = performance.eventLoopUtilization();
  const startedAt = monotonicMicros();

  function send(index: number, now: number): void {
    const due = startedAt + index * micros;
    const stamp = now - due < TIMER_MICROS ? now : due;
    const { circle, member } = choosePost(shape, first + index);
    const at = world.circles[circle];
    const author = world.people[at?.members[member] ?? 0];
    if (!at || !author) throw new Error('the world is smaller than its shape');
    const home = world.circles[author.circles[0] ?? 0]?.id ?? '';
    const condition = isHelp(first + index, helpEvery) ? 'help' : 'ok';
    const text = dialect.post(author, at.id, makeStatusId(stamp, first + index), home, condition);
    const target = (condition === 'help' && helpPool) || okTarget;
    const attempt = () =>
      target.send(text, (status, sentAt, retryAfter) => {
        if (sentAt - due > LATE_MICROS) report.late += 1;
        const isAccepted = status >= 200 && status < 300;
        if (isOver) return;
        if (!isAccepted && isPersistent && (status === 0 || status === 503)) {
          report.again += 1;
          setTimeout(attempt, retryAfter > 0 ? retryAfter * 1_000 : RETRY_MS);
          return;
        }
        answered += 1;
        if (isAccepted) {
          report.accepted += 1;
          isConfirmed[index] = 1;
        }
        accept.add(monotonicMicros() - stamp);
      });
    attempt();
    report.posted += 1;
  }

  while (report.posted < total && !report.isSaturated) {
    const now = monotonicMicros();
    while (report.posted < total && startedAt + report.posted * micros <= now) send(report.posted, now);
    report.isSaturated = !isPersistent && okTarget.waiting > rate * SATURATED_SECONDS;
    await delay(1);
  }
  const postedFor = (monotonicMicros() - startedAt) / 1_000_000;
  const busyShare = performance.eventLoopUtilization(utilisation).utilization;
  const deadline = Date.now() + (isPersistent ? PERSISTENT_LIMIT_MS : ANSWER_LIMIT_MS);
  while (answered < report.posted && Date.now() < deadline) await delay(5);
  isOver = true;
  const unconfirmed: number[] = [];
  for (let index = 0; index < report.posted; index++) if (isConfirmed[index] === 0) unconfirmed.push(first + index);
  return { ...report, refused: unconfirmed.length, unconfirmed, seconds: postedFor, accept: [...accept.counts], busyShare };
}

process.on('message', (order: PosterOrder) => {
  if (order.kind === 'setup') {
    setup = order;
    pool = new HttpPool(order.port, CONNECTIONS);
    process.send?.({ answer: null });
    return;
  }
  post(order).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
