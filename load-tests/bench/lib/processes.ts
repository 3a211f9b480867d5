import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { launch, stop } from '../../processes/children.ts';
import { launchRedis } from '../../processes/redis-server.ts';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 25;

// Whatever happens to the bench, nothing of it stays behind: `children.ts` ends what runs when this process exits.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

export interface Started {
  pid: number;
  stop(): Promise<void>;
}

/** Starts a program whose output goes to a file. */
export function start(
  command: string,
  args: string[],
  { env = {}, logPath }: { env?: Record<string, string>; logPath: string },
): Started {
  return toStarted(launch(command, args, { logPath, env: { ...process.env, ...env } }));
}

function toStarted(child: ChildProcess): Started {
  if (child.pid === undefined) throw new Error(`could not start ${child.spawnfile}`);
  return { pid: child.pid, stop: () => stop(child) };
}

/** Resolves as soon as somebody accepts connections there. */
export async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await delay(POLL_MS);
  }
  throw new Error(`nobody listens on port ${port}`);
}

/**
 * Redis with every answered write on disk, on a port of its own; `dir` holds its files.
 * Resolves once it has loaded them.
 */
export async function startRedis(dir: string, port: number): Promise<Started> {
  const logPath = `${dir}/redis.log`;
  const redis = toStarted(launchRedis({ dir, port: `${port}`, bind: '127.0.0.1' }, { logPath }));
  await untilListening(port);
  while (!readFileSync(logPath, 'utf8').includes('Ready to accept connections')) await delay(POLL_MS);
  return redis;
}

/** A process and all that descend from it (nginx' workers). */
export function withDescendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = readStat(Number(name));
    if (fields) parents.set(Number(name), Number(fields[1]));
  }
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found;
}

/** Seconds of processor time that these processes have used, in user and kernel mode (proc(5), `stat`, 14 and 15). */
export function readCpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = readStat(pid);
    return sum + (fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : 0);
  }, 0);
}
/** USER_HZ: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Resident memory of these processes in MiB. */
export function readMemoryMib(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1];
    return sum + Number(kib ?? 0) / 1_024;
  }, 0);
}

/** Fields from the third on: the name before them may hold spaces and parentheses. */
function readStat(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/stat`);
  return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : null;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
