import { createSchedule } from '../lib/schedule.ts';
import type { Results } from './results.ts';

export interface Finding {
  what: string;
  got: number | null;
  limit: number;
  unit: string;
  isMet: boolean;
  /** A broken promise, and not only a slow answer: nothing excuses it. */
  isPromise: boolean;
}

export interface Verdict {
  outcome: 'passed' | 'failed' | 'no verdict';
  findings: Finding[];
  /** What was not judged, or why nothing could be. */
  notes: string[];
}

export interface VerdictOptions {
  /** Latencies are told and not judged: for machines whose speed nobody knows, such as CI's. */
  isOnlyPromises: boolean;
}

/** So many seconds in which the service itself says that a status waits longer than its limit: one may be a hiccup. */
const BEHIND_SECONDS = 3;
/** How far k6 may be behind its schedule (p99), and how busy it and the sink may be over five seconds, before they measure themselves. */
const LATE_MAX_MS = 100;
const SINK_LOOP_MAX = 0.85;
const K6_CORES_MAX = 0.8;
const WINDOW = 5;
/** What k6 neither began nor counted as dropped it had no time for: more than this share of the plan is no rounding. */
const UNBEGUN_SHARE_MAX = 0.02;

/** 0: passed; 1: failed; 2: nothing can be said. */
export const EXIT_CODES: Record<Verdict['outcome'], number> = { passed: 0, failed: 1, 'no verdict': 2 };

/**
 * Says whether the service passed. A broken promise fails whatever else happened. Where the load generator was the bottleneck,
 * slow figures are its own and good ones luck: no verdict, unless the service's own gauge says that it was behind, in which
 * the generator has no part as long as it leaves it the processor.
 */
export function judge(results: Results, options: VerdictOptions, cores: number): Verdict {
  // While a process is down, posts wait for it: how long is what the recoveries say.
  const isOnlyPromises = options.isOnlyPromises || results.faults.length > 0;
  const latencies = isOnlyPromises ? [] : findLatencies(results);
  const findings = [...findPromises(results), ...findRecoveries(results), ...latencies];
  const bottlenecks = findBottlenecks(results, cores);
  const notes = [
    ...(isOnlyPromises ? ['Latencies are told, not judged.'] : []),
    ...bottlenecks.map((line) => `The load generator was a bottleneck: ${line}.`),
  ];
  const isBroken = findings.some(({ isMet, isPromise }) => !isMet && isPromise);
  if (isBroken) return { outcome: 'failed', findings, notes };
  const blind = findBlindness(results);
  if (blind !== null) return { outcome: 'no verdict', findings, notes: [...notes, blind] };
  if (bottlenecks.length > 0 && !isOnlyPromises) {
    const behind = findOwnBacklog(results, cores);
    return behind === null
      ? { outcome: 'no verdict', findings, notes }
      : { outcome: 'failed', findings, notes: [...notes, behind] };
  }
  return { outcome: findings.every(({ isMet }) => isMet) ? 'passed' : 'failed', findings, notes };
}

/** A ledger without entries finds nothing missing: why this one proves nothing, or null. */
function findBlindness({ k6, ledger, boards }: Results): string | null {
  if (k6.acknowledged === 0 || boards.read === 0) return 'Nothing was acknowledged.';
  if (ledger && ledger.expected === 0) return 'No socket was in a circle that somebody posted to.';
  if (ledger && ledger.acknowledged !== k6.acknowledged)
    return `k6 counted ${k6.acknowledged} receipts and noted ${ledger.acknowledged}: the ledger is incomplete.`;
  return null;
}

/** What the service says of itself, where no k6 that took the processor can be the reason: that it was behind, or null. */
function findOwnBacklog({ readings, profile: { limits } }: Results, cores: number): string | null {
  if (coresOfK6(readings) > K6_CORES_MAX * cores) return null;
  const lags = readings.map(({ lagSeconds }) => lagSeconds ?? 0).filter((lag) => lag * 1_000 > limits.deliveryP99Ms);
  if (lags.length < BEHIND_SECONDS) return null;
  const most = Math.max(...lags).toFixed(1);
  return `The service itself was behind, by its own gauge for ${lags.length} s and by ${most} s at most: that is no fault of the generator.`;
}

function findPromises({ ledger, sample, boards, k6, faults, push }: Results): Finding[] {
  const promise = (what: string, got: number): Finding => ({ what, got, limit: 0, unit: '', isMet: got === 0, isPromise: true });
  return [
    ...(ledger ? [promise('lost: acknowledged, and not at a socket of its circles', ledger.lost)] : []),
    ...(sample ? [promise("lost, on k6's own sockets", sample.lost)] : []),
    promise('lost: acknowledged, and not on a board', boards.wrong),
    promise('posts never confirmed', k6.givenUp),
    promise('receipts with other circles than were sent', k6.receiptsWrong),
    promise('receipts that changed', k6.receiptsChanged),
    ...(ledger
      ? [
          promise('duplicated: twice in a feed', ledger.duplicated),
          // After a cut connection the contract lets an event come again.
          ...(faults.length > 0 ? [] : [promise('duplicated: twice to a socket', ledger.repeated + (sample?.repeated ?? 0))]),
          promise('gaps in positions', ledger.gaps),
          promise('at somebody outside the circle', ledger.strangers + (sample?.strangers ?? 0)),
        ]
      : []),
    ...(push ? [promise('alerts that could not be decrypted', push.unreadable)] : []),
  ];
}

function findRecoveries({ faults, storms, profile }: Results): Finding[] {
  const limit = profile.limits.recoverySeconds;
  const recovery = (what: string, got: number | null): Finding => ({
    what,
    got,
    limit,
    unit: 's',
    isMet: got !== null && got <= limit,
    isPromise: true,
  });
  return [
    ...faults.map((fault) => recovery(`recovery after ${fault.what}`, fault.recoverySeconds)),
    ...storms.map(({ seconds }, index) => recovery(`all sockets back after storm ${index + 1}`, seconds)),
  ];
}

function findLatencies({ k6, all, drainSeconds, profile: { limits }, readings }: Results): Finding[] {
  const most = (what: string, got: number | null, limit: number, unit = 'ms'): Finding => ({
    what,
    got,
    limit,
    unit,
    isMet: got !== null && got <= limit,
    isPromise: false,
  });
  return [
    most('iterations that k6 dropped', k6.dropped, 0, ''),
    most('accept p99', k6.acceptP99Ms, limits.acceptP99Ms),
    ...(all
      ? [
          most('delivery p99, to the last of the circle', all.last.count > 0 ? all.last.p99 : null, limits.deliveryP99Ms),
          ...(all.help.count > 0 ? [most('help p99', all.help.p99, limits.helpP99Ms)] : []),
          most('drain', drainSeconds, limits.drainSeconds, 's'),
        ]
      : []),
    ...(limits.memoryGrowth < 1_000 ? [most('memory growth, second half', memoryGrowth(readings), limits.memoryGrowth, '')] : []),
  ];
}

function findBottlenecks({ k6, readings, profile }: Results, cores: number): string[] {
  // Once k6 has dropped iterations for want of an answer, it cannot say how late it is itself.
  const isLate = k6.dropped === 0 && (k6.lateP99Ms ?? 0) > LATE_MAX_MS;
  const planned = createSchedule(profile.startRate, profile.stages).total;
  const begun = k6.iterations + k6.dropped;
  const isShort = begun < planned * (1 - UNBEGUN_SHARE_MAX);
  const sinkLoop = busiest(readings.map((reading) => reading.sinkLoop));
  const k6Cores = coresOfK6(readings);
  return [
    ...(isLate ? [`k6 was ${Math.round(k6.lateP99Ms ?? 0)} ms behind its schedule (p99)`] : []),
    ...(isShort ? [`k6 found time for ${begun} of ${planned} posts`] : []),
    ...(sinkLoop > SINK_LOOP_MAX ? [`the socket sink was busy ${Math.round(sinkLoop * 100)} % of the time`] : []),
    ...(k6Cores > K6_CORES_MAX * cores ? [`k6 used ${k6Cores.toFixed(1)} of ${cores} cores`] : []),
  ];
}

function coresOfK6(readings: Results['readings']): number {
  return busiest(readings.map(({ cpu }) => cpu['k6'] ?? 0));
}

/** The largest mean over a window: one busy second is no bottleneck. */
export function busiest(values: readonly number[], window = WINDOW): number {
  let most = 0;
  for (let end = window; end <= values.length; end++) {
    const mean = values.slice(end - window, end).reduce((sum, value) => sum + value, 0) / window;
    most = Math.max(most, mean);
  }
  return most;
}

/** The service's own processes, last quarter of the run against the second. */
function memoryGrowth(readings: Results['readings']): number {
  const bytes = readings.map(({ memory }) => ['web', 'live', 'worker'].reduce((sum, name) => sum + (memory[name] ?? 0), 0));
  const quarter = Math.floor(bytes.length / 4);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return mean(bytes.slice(-quarter)) / mean(bytes.slice(quarter, 2 * quarter)) - 1;
}
