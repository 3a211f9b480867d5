import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, lastLines, launch, stop } from '../processes/children.ts';
import { findFreePort } from '../processes/free-port.ts';
import { startRedis } from './redis.ts';

export const PARTS = ['web', 'live', 'worker', 'redis'] as const;
export type Part = (typeof PARTS)[number];
type Role = Exclude<Part, 'redis'>;

/** The service under test, each role a process. `parts` changes when one is killed and started again. */
export interface Service {
  baseUrl: string;
  liveUrl: string;
  operatorToken: string;
  parts: Map<Part, { child: ChildProcess; origin: string | null }>;
  /** kill -9, and after `downMs` a start in its place, as a supervisor does; resolves when that one is ready. */
  killAndRestart(part: Part, downMs: number): Promise<void>;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** For logs and profiles. */
  folder: string;
  pushOrigin: string | null;
  /** Writes a CPU profile of each process into `folder`. */
  isProfiled: boolean;
}

const READY_LIMIT_MS = 30_000;
const READY_POLL_MS = 25;

/** Starts the built service: web, live and worker in a process each, and a Redis of their own in a temporary directory. */
export async function startService({ folder, pushOrigin, isProfiled }: ServiceOptions): Promise<Service> {
  const dataDir = mkdtempSync(join(tmpdir(), 'buji-load-'));
  const removeData = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', removeData); // also after a Ctrl-C before k6 began; by then `children.ts` has ended everybody
  const operatorToken = randomBytes(24).toString('hex');
  const parts: Service['parts'] = new Map();
  const redis = await startRedis(join(dataDir, 'redis'), join(folder, 'redis.log'));
  parts.set('redis', { child: redis.child, origin: null });
  const env = {
    LOG_LEVEL: 'warn',
    LIMITS_SCALE: '100000',
    ...process.env,
    HOST: '127.0.0.1',
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    OPERATOR_TOKEN: operatorToken,
    PUSH_ALLOWED_HOSTS: pushOrigin ?? '',
  };

  async function startRole(role: Role, port: number): Promise<void> {
    const profiling = isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${role}.cpuprofile`] : [];
    const logPath = join(folder, `${role}.log`);
    const child = launch(process.execPath, [...profiling, 'dist/server/main.js'], {
      logPath,
      detached: true, // Ctrl-C is for k6, which then prints what it has; everything else is stopped after it
      env: { ...env, ROLES: role, PORT: String(port) },
    });
    const origin = `http://127.0.0.1:${port}`;
    parts.set(role, { child, origin });
    const deadline = Date.now() + READY_LIMIT_MS;
    while (!(await isReady(origin))) {
      if (!isRunning(child) || Date.now() > deadline) {
        throw new Error(`${role} did not become ready; ${logPath} ends with:\n${lastLines(logPath)}`);
      }
      await delay(READY_POLL_MS);
    }
  }

  const originOf = (part: Part) => parts.get(part)?.origin ?? '';
  async function stopAll(): Promise<void> {
    // Redis last: the others write until they have ended.
    const roles = [...parts].filter(([part]) => part !== 'redis');
    await Promise.all(roles.map(([, { child }]) => stop(child)));
    const last = parts.get('redis');
    if (last) await stop(last.child);
    removeData();
  }

  try {
    mkdirSync(folder, { recursive: true });
    const roles: Role[] = ['web', 'live', 'worker'];
    await startRole('web', await findFreePort()); // the first makes the keys that the others read
    await Promise.all(roles.slice(1).map(async (role) => startRole(role, await findFreePort())));
  } catch (error) {
    await stopAll();
    throw error;
  }
  return {
    baseUrl: originOf('web'),
    liveUrl: originOf('live'),
    operatorToken,
    parts,
    async killAndRestart(part, downMs) {
      const { child, origin } = parts.get(part) ?? {};
      if (!child) return;
      await stop(child, 'SIGKILL');
      await delay(downMs);
      if (part === 'redis')
        parts.set('redis', { ...(await startRedis(join(dataDir, 'redis'), join(folder, 'redis.log'))), origin: null });
      else await startRole(part, Number(new URL(origin ?? '').port));
    },
    stop: stopAll,
  };
}

async function isReady(origin: string): Promise<boolean> {
  const answer = await fetch(`${origin}/health/ready`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok === true;
}
