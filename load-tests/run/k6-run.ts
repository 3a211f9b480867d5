import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, keep, lastLines } from '../processes/children.ts';
import type { Results } from '../verdict/results.ts';

export interface K6Run {
  child: ChildProcess;
  /** What the script printed: receipts, and what its own sockets saw. */
  consolePath: string;
  /** When its posts began (ms since 1970); rejects when it ends before. */
  started: Promise<number>;
  /** Its exit code. */
  ended: Promise<number>;
  readSummary(): Results['k6'] & { acceptP99Of(phase: string): number | null };
}

const START_POLL_MS = 25;

/** Starts k6 on one of the judged scripts, with its dashboard going into a file and no words of its own. */
export function startK6(
  k6: string,
  name: string,
  folder: string,
  variables: Record<string, string | undefined>,
  rest: string[],
): K6Run {
  const consolePath = join(folder, 'k6-console.log');
  const summaryPath = join(folder, 'k6-summary.json');
  const set = Object.entries({ ...variables, SUMMARY: summaryPath }).flatMap(([key, value]) => ['-e', `${key}=${value ?? ''}`]);
  const logPath = join(folder, 'k6.log');
  // A line for each request that failed would bury the verdict.
  const log = ['--log-output', `file=${logPath}`, '--log-format', 'raw', '--console-output', consolePath];
  const quiet = ['--quiet', '--no-color', ...log];
  // k6 reports its use to its makers unless told not to.
  const args = ['run', '--no-usage-report', ...quiet, ...set, ...rest, `load-tests/${name}.ts`];
  const dashboard = {
    K6_WEB_DASHBOARD: 'true',
    K6_WEB_DASHBOARD_PORT: '-1',
    K6_WEB_DASHBOARD_PERIOD: '1s',
    K6_WEB_DASHBOARD_EXPORT: join(folder, 'k6.html'),
  };
  const child = keep(spawn(k6, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...dashboard } }));
  const ended = once(child, 'exit').then(([code]) => Number(code ?? 1));

  async function untilStarted(): Promise<number> {
    for (;;) {
      const text = existsSync(consolePath) ? readFileSync(consolePath, 'utf8').slice(0, 2_000) : '';
      const [, at] = /^started (\d+)$/m.exec(text) ?? [];
      if (at !== undefined) return Number(at);
      if (!isRunning(child)) throw new Error(`k6 ended before it began:\n${lastLines(logPath)}`);
      await delay(START_POLL_MS);
    }
  }

  return { child, consolePath, started: untilStarted(), ended, readSummary: () => summarise(summaryPath, logPath) };
}

type Metrics = Record<string, { values: Record<string, number> } | undefined>;

function summarise(path: string, logPath: string): ReturnType<K6Run['readSummary']> {
  if (!existsSync(path)) throw new Error(`k6 left no summary:\n${lastLines(logPath)}`);
  const { metrics } = JSON.parse(readFileSync(path, 'utf8')) as { metrics: Metrics };
  const value = (name: string, key: string) => metrics[name]?.values[key];
  const count = (name: string) => value(name, 'count') ?? 0;
  return {
    iterations: count('iterations'),
    dropped: count('dropped_iterations'),
    acknowledged: count('buji_statuses_acknowledged'),
    unconfirmed: count('buji_requests_unconfirmed'),
    givenUp: count('buji_statuses_given_up'),
    receiptsWrong: count('buji_receipts_wrong'),
    receiptsChanged: count('buji_receipts_changed'),
    acceptP99Ms: value('buji_accept_ms', 'p(99)') ?? null,
    lateP99Ms: value('buji_generator_late_ms', 'p(99)') ?? null,
    sampleDeliveryP99Ms: value('buji_delivery_ms', 'p(99)') ?? null,
    acceptP99Of: (phase) => value(`buji_accept_ms{phase:${phase}}`, 'p(99)') ?? null,
  };
}
