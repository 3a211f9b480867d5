import { readFileSync } from 'node:fs';
import type { Obedient } from '../processes/children.ts';
import { readCpuSeconds, readMemoryBytes } from '../processes/proc.ts';

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
const SCRAPE_LIMIT_MS = 2_000;

/** Looks once a second until `stop`. What cannot be read (no Linux, a process that is down) is left out, not made up. */
export function startSampler(watched: Watched): { readings: Reading[]; stop(): void } {
  const readings: Reading[] = [];
  const cpuSeconds = new Map<number, number>();
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
      const [used, bytes] = [readCpuSeconds(pid), readMemoryBytes(pid)];
      if (used === null || bytes === null) continue;
      const before = cpuSeconds.get(pid);
      cpuSeconds.set(pid, used);
      memory[name] = bytes;
      if (before !== undefined) cpu[name] = (used - before) / seconds;
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
