import { readFileSync } from 'node:fs';
import type { Obedient } from '../processes/children.ts';

/** One second of the run, as the machine and the service saw it. */
export interface Reading {
  at: number;
  /** Cores used, by process. */
  cpu: Record<string, number>;
  /** Resident bytes, by process. */
  memory: Record<string, number>;
  /** Share of the machine's cores in use, by whomever; NaN where that cannot be read. */
  machineCpu: number;
  /** Share of the time in which the sink's event loop was not waiting. */
  sinkLoop: number;
  socketsReady: number;
  /** Gauges of the service; absent where it did not answer. */
  lagSeconds: number | null;
  queueDepth: number | null;
  redisBytes: number | null;
  eventLoopP99Seconds: number | null;
}

export interface Watched {
  /** Process ids by name, asked anew each time: a killed one is replaced. */
  processes(): Record<string, number>;
  /** Where the service's metrics are, by role. */
  origins(): string[];
  operatorToken: string;
  sink: Obedient | null;
}

const EVERY_MS = 1_000;
/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;
const SCRAPE_LIMIT_MS = 2_000;

/** Looks once a second until `stop`. What cannot be read (no Linux, a process that is down) is left out, not made up. */
export function startSampler(watched: Watched): { readings: Reading[]; stop(): void } {
  const readings: Reading[] = [];
  const ticks = new Map<number, number>();
  let lastAt = performance.now();
  let lastMachine = readMachine();
  let isLooking = false;

  async function look(): Promise<void> {
    const now = performance.now();
    const seconds = (now - lastAt) / 1_000;
    lastAt = now;
    const cpu: Record<string, number> = {};
    const memory: Record<string, number> = {};
    for (const [name, pid] of Object.entries(watched.processes())) {
      const stat = readProcess(pid);
      if (!stat) continue;
      const before = ticks.get(pid);
      ticks.set(pid, stat.ticks);
      memory[name] = stat.bytes;
      if (before !== undefined) cpu[name] = (stat.ticks - before) / TICKS_PER_SECOND / seconds;
    }
    const machine = readMachine();
    const total = machine.total - lastMachine.total;
    const machineCpu = total > 0 ? 1 - (machine.idle - lastMachine.idle) / total : Number.NaN;
    lastMachine = machine;
    const [state, pages] = await Promise.all([
      watched.sink?.ask<{ ready: number; busy: { loop: number } }>({ do: 'state' }).catch(() => null),
      Promise.all(watched.origins().map((origin) => scrape(origin, watched.operatorToken))),
    ]);
    readings.push({
      at: Date.now(),
      cpu,
      memory,
      machineCpu,
      sinkLoop: state?.busy.loop ?? 0,
      socketsReady: state?.ready ?? 0,
      lagSeconds: largest(pages, 'buji_oldest_unfanned_seconds'),
      queueDepth: sumOf(pages[0] ?? '', 'buji_queue_depth'),
      redisBytes: largest(pages, 'buji_redis_memory_bytes'),
      eventLoopP99Seconds: largest(pages, 'nodejs_eventloop_lag_p99_seconds'),
    });
  }

  const timer = setInterval(() => {
    if (isLooking) return; // a service that does not answer must not pile up questions
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  }, EVERY_MS);
  return { readings, stop: () => clearInterval(timer) };
}

/** `proc(5)`: fields 14 and 15 are user and system time, field 24 the resident pages. */
function readProcess(pid: number): { ticks: number; bytes: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { ticks: (fields[11] ?? 0) + (fields[12] ?? 0), bytes: (fields[21] ?? 0) * PAGE_BYTES };
  } catch {
    return null;
  }
}

function readMachine(): { total: number; idle: number } {
  try {
    const fields = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1, 9).map(Number);
    return { total: fields.reduce((sum, one) => sum + one, 0), idle: (fields[3] ?? 0) + (fields[4] ?? 0) };
  } catch {
    return { total: 0, idle: 0 };
  }
}

async function scrape(origin: string, operatorToken: string): Promise<string> {
  try {
    const answer = await fetch(`${origin}/metrics`, {
      headers: { authorization: `Bearer ${operatorToken}` },
      signal: AbortSignal.timeout(SCRAPE_LIMIT_MS),
    });
    return answer.ok ? await answer.text() : '';
  } catch {
    return '';
  }
}

function valuesOf(page: string, name: string): number[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
}

function largest(pages: string[], name: string): number | null {
  const values = pages.flatMap((page) => valuesOf(page, name));
  return values.length === 0 ? null : Math.max(...values);
}

function sumOf(page: string, name: string): number | null {
  const values = valuesOf(page, name);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}
