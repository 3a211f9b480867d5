import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fromRoot } from './root.mjs';
import { say } from './say.mjs';

const lock = fromRoot('.cache/setup.lock');
/** The holder touches its lock every two seconds; a minute of silence means that it is gone, whoever has its process id now. */
const heartbeatMs = 2_000;
const staleMs = 60_000;
const retryMs = 200;

/** Runs `work` while no other set-up of this clone runs: `npm start` and `npm test` at once must not install twice. */
export async function withLock(work) {
  for (let attempt = 1; !tryLock(); attempt++) {
    if (isStale()) breakLock();
    else if (attempt === 1) say('another set-up is at work here, waiting for it');
    await delay(retryMs);
  }
  const heartbeat = setInterval(() => utimesSync(lock, new Date(), new Date()), heartbeatMs);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    release();
    process.off('exit', release);
  }
}

function tryLock() {
  mkdirSync(fromRoot('.cache'), { recursive: true });
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(`${lock}/pid`, String(process.pid));
  return true;
}

function isStale() {
  try {
    if (Date.now() - statSync(lock).mtimeMs > staleMs) return true;
    const pid = Number(readFileSync(`${lock}/pid`, 'utf8'));
    return pid > 0 && !isRunning(pid);
  } catch {
    return false; // just released, or its pid is not written yet: the next round tells
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moved away before it is removed, so that of two who find it stale only one succeeds. */
function breakLock() {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
