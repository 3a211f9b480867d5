import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 25;
/** Longer than any contender needs to end in order; one that hangs is killed, and nothing of it is worth keeping. */
const STOP_LIMIT_MS = 15_000;
const running = new Set<ChildProcess>();

// Whatever happens to the bench, nothing of it stays behind.
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** Takes a process along when the bench ends, or when what it was for has failed. */
export function keep(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Ends everything that runs still: what a row or a round that failed has left would be in the figures of the next. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export interface Started {
  pid: number;
  stop(): Promise<void>;
}

/** Starts a program whose output goes to a file. `argv0` as for Redis from `redis-tools`, which goes by its name. */
export function start(
  command: string,
  args: string[],
  { env = {}, logPath, argv0 = command }: { env?: Record<string, string>; logPath: string; argv0?: string },
): Started {
  const log = openSync(logPath, 'a');
  const child = spawn(command, args, { argv0, env: { ...process.env, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  keep(child);
  if (child.pid === undefined) throw new Error(`could not start ${command}`);
  return { pid: child.pid, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(late);
}

/** A TCP port that nobody has at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
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
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--maxmemory-policy', 'noeviction'];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--aof-use-rdb-preamble', 'yes'];
  const command = ['redis-server', 'valkey-server', 'redis-check-rdb'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  );
  if (!command) throw new Error('no redis-server on the PATH');
  const argv0 = command === 'redis-check-rdb' ? 'redis-server' : command;
  const redis = start(command, [...settings, ...durable], { logPath: `${dir}/redis.log`, argv0, env: { LC_ALL: 'C' } });
  await untilListening(port);
  while (!readFileSync(`${dir}/redis.log`, 'utf8').includes('Ready to accept connections')) await delay(POLL_MS);
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
