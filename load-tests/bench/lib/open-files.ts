import { spawnSync } from 'node:child_process';

/** Twenty thousand sockets, both ends of them, and what else a process has open. */
const OPEN_FILES = 65_536;

/** Lets this process, and whatever it starts from now on, open more files than systems usually allow; where it may. */
export function allowManyOpenFiles(): void {
  spawnSync('prlimit', [`--nofile=${OPEN_FILES}:${OPEN_FILES}`, `--pid=${process.pid}`]);
}
