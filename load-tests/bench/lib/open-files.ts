import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Twenty thousand sockets, both ends of them, and what else a process has open. */
const OPEN_FILES = 65_536;

/** Lets this process, and whatever it starts from now on, open more files than systems usually allow; where it may. */
export function allowManyOpenFiles(): void {
  spawnSync('prlimit', [`--nofile=${OPEN_FILES}:${OPEN_FILES}`, `--pid=${process.pid}`]);
}

/** How many sockets a process may hold here beside what else it has open (proc(5), `limits`). */
export function mostSockets(): number {
  const most = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return Number(most ?? OPEN_FILES) - ELSE_OPEN;
}
/** Modules, Redis, the listening socket; with room to spare. */
const ELSE_OPEN = 200;
