import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

/** How to start a server: the command, and the name it must be started by. */
export type RedisServerCommand = { command: string; argv0: string };

/** A server process on our directory. `exited` resolves once it is gone for good, with how, as far as that is known. */
export type RedisProcess = { readonly pid: number; readonly exited: Promise<string>; hasExited: () => boolean };

export type RedisPlace = { dir: string; socketPath: string; maxMemoryBytes: number };

/** What our scripts and BullMQ need; Debian 12, Ubuntu 22.04 and every Valkey have newer ones. */
const oldestVersion = [6, 2] as const;

/**
 * Finds a Redis or Valkey server on PATH. On Debian the package `redis-tools` is enough: its redis-check-rdb is the same
 * binary as redis-server, which goes by the name it is started with.
 * @throws {Error} one line that says what is missing.
 */
export function findRedisServer(): RedisServerCommand {
  const found = [
    { command: 'redis-server', argv0: 'redis-server' },
    { command: 'valkey-server', argv0: 'valkey-server' },
    { command: 'redis-check-rdb', argv0: 'redis-server' },
  ].find(isRecentServer);
  if (found) return found;
  throw new Error(`no Redis ${oldestVersion.join('.')} or newer and no Valkey on the PATH: install one, or set REDIS_URL`);
}

function isRecentServer({ command, argv0 }: RedisServerCommand): boolean {
  const { stdout } = spawnSync(command, ['--version'], { argv0, encoding: 'utf8', timeout: 5_000 });
  const [, major = 0, minor = 0] = /server v=(\d+)\.(\d+)/.exec(stdout ?? '')?.map(Number) ?? [];
  return major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1]);
}

/**
 * Starts a server and answers at once; whether it came up is for the caller to ask.
 * Detached: Ctrl-C in a terminal goes to the whole process group, and Redis must outlive us by the last write.
 * Its output goes to a file and not to a pipe: a pipe would break, and end it, when we crash.
 */
export async function spawnRedisServer({ command, argv0 }: RedisServerCommand, place: RedisPlace): Promise<RedisProcess> {
  await rotateLog(place.dir);
  const output = openSync(redisLogPath(place.dir), 'a', 0o600);
  const child = spawn(command, settings(place), {
    argv0,
    cwd: place.dir,
    detached: true,
    stdio: ['ignore', output, output],
    // Redis 7.2 and newer refuse to start under a locale that is not installed.
    env: { ...process.env, LC_ALL: 'C' },
  });
  closeSync(output);
  child.unref();
  return redisProcess(await pidOf(child), exitOf(child));
}

/** A server that runs already and is not our child: its end can only be polled for. */
export function watchRedisProcess(pid: number): RedisProcess {
  return redisProcess(pid, untilGone(pid));
}

function redisProcess(pid: number, exited: Promise<string>): RedisProcess {
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  return { pid, exited, hasExited: () => hasExited };
}

const settings = ({ dir, socketPath, maxMemoryBytes }: RedisPlace): string[] =>
  Object.entries({
    dir,
    // No TCP port at all: nobody but this user can reach it, and it cannot collide with another Redis.
    port: '0',
    unixsocket: socketPath,
    unixsocketperm: '700',
    pidfile: join(dir, 'redis.pid'),
    logfile: redisLogPath(dir),
    daemonize: 'no',
    // An acknowledged status is on the disk. The file's tail may be cut by a crash: that was never acknowledged.
    appendonly: 'yes',
    appendfsync: 'always',
    'aof-load-truncated': 'yes',
    // No snapshots: the AOF rewrites itself into one (its preamble) when it has doubled, a second copy would only cost
    // another fork, and a failed one would make Redis refuse writes.
    save: '',
    'aof-use-rdb-preamble': 'yes',
    // Full means that writes are refused and the service says so; never that something disappears.
    maxmemory: String(maxMemoryBytes),
    'maxmemory-policy': 'noeviction',
    timeout: '0',
  }).flatMap(([name, value]) => [`--${name}`, value]);

export function redisLogPath(dir: string): string {
  return join(dir, 'redis.log');
}

/** The last lines of the server's log, for the one who must find out why it does not start. */
export async function lastLogLines(dir: string, count = 8): Promise<string> {
  const text = await readFile(redisLogPath(dir), 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** Redis writes a few lines per start and per rewrite of the AOF: this is years of them, and the one before is kept. */
const maxLogBytes = 4 * 1024 * 1024;

async function rotateLog(dir: string): Promise<void> {
  const path = redisLogPath(dir);
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > maxLogBytes) await rename(path, `${path}.1`);
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    if (child.pid !== undefined) resolve(child.pid);
  });
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exited with ${code}`));
  });
}

/** Redis writes its last bytes when asked to end, and only a hung disk takes longer than this. */
const stopLimitMs = 60_000;

/** Asks a server to end and waits until it has; one that does not is killed, which costs nothing that was acknowledged. */
export async function stopRedisServer(server: RedisProcess, log: Logger): Promise<void> {
  if (server.hasExited()) return; // its process id may be somebody else's by now
  sendSignal(server.pid, 'SIGTERM');
  const patience = new AbortController();
  const isLate = delay(stopLimitMs, true, { signal: patience.signal }).catch(() => false);
  await Promise.race([server.exited, isLate]);
  patience.abort();
  if (await isLate) {
    log.warn({ redisPid: server.pid, afterMs: stopLimitMs }, 'Redis did not end when asked to, killing it');
    sendSignal(server.pid, 'SIGKILL');
  }
  await server.exited;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The poll costs one system call; a quarter of a second is little beside the restart that follows. */
const pollMs = 250;

async function untilGone(pid: number): Promise<string> {
  while (isRunning(pid)) await delay(pollMs, undefined, { ref: false });
  return 'ended';
}

/** Whether a process lives. One that has ended but was not yet collected by its parent (a zombie) does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/**
 * The process id of a Redis that works in `dir` but whose socket is gone (a cleaner of temporary files took it), or undefined.
 * Known by its pid file, and on Linux by its working directory; elsewhere nobody can tell, and none is assumed.
 */
export async function findOrphan(dir: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(dir, 'redis.pid'), 'utf8').catch(() => ''));
  if (!pid || pid === process.pid || !isRunning(pid)) return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dir ? pid : undefined;
  } catch {
    return undefined;
  }
}
