import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Role } from '../config.ts';

/** One process of the service under test. */
export interface ServiceProcess {
  roles: Role[];
  origin: string;
  pid: number;
  /** Ends it without warning, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  /** Asks it to stop, as an operator would, and answers its exit code: null when it had to be killed. */
  stop(): Promise<number | null>;
  /** Everything it wrote, line by line. */
  lines: string[];
  /** Log lines at level warn and above, as they were written, and what was written past the log. */
  warnings: string[];
}

export interface Service {
  processes: ServiceProcess[];
  /** Origin of the first process with the role `web`. */
  origin: string;
  operatorToken: string;
  keyPrefix: string;
  /** The next origin with that role, in turn: two calls in a row go to two processes where there are two. */
  next(role: 'web' | 'live'): string;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** `one`: one process with all roles; `many`: two of each. Default: BUJI_TOPOLOGY, else `one`. */
  topology?: 'one' | 'many';
  env?: Record<string, string>;
  /** Default: the Redis of the test run. */
  redisUrl?: string;
  /** Another build than that of this tree: its `dist/server/main.js`. */
  server?: string;
}

const SERVER = join(import.meta.dirname, '../../dist/server/main.js');
const ALL: Role[] = ['web', 'live', 'worker'];
/** A start takes a second or two; six at once on a machine that tests other things as well have taken half a minute. */
const START_LIMIT_MS = 60_000;

/**
 * Starts the built program as an operator would, on free ports of the loopback, with a key prefix of its own on a real Redis.
 * Limits are wide open (`LIMITS_SCALE`) unless `env` says otherwise.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { server = SERVER } = options;
  if (!existsSync(server)) throw new Error('dist/server/main.js is missing: run npm run build, or npm test, which builds first');
  const topology = options.topology ?? (process.env['BUJI_TOPOLOGY'] === 'many' ? 'many' : 'one');
  const redisUrl = options.redisUrl ?? process.env['BUJI_TEST_REDIS_URL'];
  if (!redisUrl) throw new Error('BUJI_TEST_REDIS_URL is not set: the global setup has not run');
  const dataDir = await mkdtemp(join(tmpdir(), 'buji-service-'));
  const keyPrefix = `t-${randomBytes(4).toString('hex')}:`;
  const operatorToken = randomBytes(16).toString('hex');
  const env = {
    HOST: '127.0.0.1',
    REDIS_URL: redisUrl,
    KEY_PREFIX: keyPrefix,
    DATA_DIR: dataDir,
    OPERATOR_TOKEN: operatorToken,
    LIMITS_SCALE: '10000',
    LOG_LEVEL: 'info',
    ...options.env,
  };
  const plan: Role[][] = topology === 'one' ? [ALL] : ALL.flatMap((role) => [[role], [role]]);
  const starts = await Promise.allSettled(plan.map((roles) => startProcess(server, roles, env)));
  const processes = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await Promise.all(processes.map((process) => process.stop()));
    throw failed.reason;
  }
  const turns = { web: 0, live: 0 };
  const next = (role: 'web' | 'live') => {
    const able = processes.filter(({ roles }) => roles.includes(role));
    turns[role] += 1;
    return able[turns[role] % able.length]?.origin ?? '';
  };
  return {
    processes,
    origin: processes.find(({ roles }) => roles.includes('web'))?.origin ?? '',
    operatorToken,
    keyPrefix,
    next,
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startProcess(server: string, roles: Role[], env: Record<string, string>): Promise<ServiceProcess> {
  const lines: string[] = [];
  const warnings: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    if (/"level":[4-6]0/.test(line) || !line.startsWith('{')) warnings.push(line);
  };
  let { child, port } = await launch(server, roles, env, 0, onLine);
  return {
    roles,
    origin: `http://127.0.0.1:${port}`,
    lines,
    warnings,
    get pid() {
      return child.pid ?? 0;
    },
    async kill() {
      await end(child, 'SIGKILL');
    },
    async restart() {
      ({ child, port } = await launch(server, roles, env, port, onLine));
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

/** Starts one process and resolves when it says that it is running. @throws with its output when it does not */
async function launch(
  server: string,
  roles: Role[],
  env: Record<string, string>,
  port: number,
  onLine: (line: string) => void,
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['--enable-source-maps', server], {
    env: { PATH: process.env['PATH'] ?? '', ...env, ROLES: roles.join(','), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${roles.join(',')} ${reason}:\n${output.join('\n')}`));
    const timer = setTimeout(() => {
      fail(`did not start within ${START_LIMIT_MS} ms`);
      child.kill('SIGKILL');
    }, START_LIMIT_MS);
    const read = (line: string) => {
      onLine(line);
      output.push(line);
      if (output.length > 40) output.shift();
      const running = /"address":"http:\/\/[^"]*?:(\d+)".*Buji is running/.exec(line);
      if (!running) return;
      clearTimeout(timer);
      resolve({ child, port: Number(running[1]) });
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', read);
    child.once('exit', (code, signal) => {
      fail(`ended with ${signal ?? code}`);
      if (!askedToEnd.has(child)) onLine(`ended by itself with ${signal ?? code}`);
    });
  });
}

const askedToEnd = new WeakSet<ChildProcess>();

/** Sends a signal and waits for the end; a process that does not stop when asked is killed. Answers its exit code, if any. */
async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  askedToEnd.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(timer);
  return child.exitCode;
}
