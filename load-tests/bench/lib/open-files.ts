import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Twenty thousand sockets, both ends of them, and what else a process has open. */
const OPEN_FILES = 65_536;

/**
 * Lets this process, and whatever it starts from now on, open more files than systems usually allow. Where the hard limit may not
 * be raised (it takes CAP_SYS_RESOURCE), the soft one is raised to it.
 */
export function allowManyOpenFiles(): void {
  for (const limits of [`${OPEN_FILES}:${OPEN_FILES}`, `${openFilesMost()}:`]) {
    if (spawnSync('prlimit', [`--nofile=${limits}`, `--pid=${process.pid}`]).status === 0) return;
  }
}

/** How many files a process may have open here: the hard limit (proc(5), `limits`). */
export function openFilesMost(): number {
  const [, , hard] = /^Max open files +(\d+|unlimited) +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return Number(hard ?? OPEN_FILES);
}

/** How many sockets a process may hold here beside what else it has open. */
export function socketsMost(): number {
  return openFilesMost() - ELSE_OPEN;
}
/** Modules, Redis, the listening socket: 30 or so, with room to spare. */
const ELSE_OPEN = 100;
