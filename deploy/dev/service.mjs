import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** An orderly stop takes a second or two; whoever edits does not wait for a hanging one. Redis outlives a kill and is found again. */
const stopLimitMs = 8_000;
const readyLimitMs = 60_000;
const readyPollMs = 100;

/** The built service as a child process; restarts never overlap, and the first start is followed by the demo town. */
export function createService(env, baseUrl) {
  let child;
  process.once('exit', () => child?.kill('SIGTERM')); // whatever ended us
  let hasTown = false;
  let queue = Promise.resolve();

  function start() {
    // A process group of its own: Ctrl-C in the terminal comes to us, and we stop it once and in order.
    child = spawn(process.execPath, ['dist/server/main.js'], { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    const started = child;
    started.on('exit', (code) => {
      if (child === started) console.error(`buji: the service ended with ${code}; the next change starts it again`);
    });
    if (!hasTown) void makeTown(started);
  }

  async function makeTown(started) {
    if (!(await isReady(baseUrl, started))) return;
    hasTown = true;
    spawn(process.execPath, ['dist/server/demo.js'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  }

  async function stop() {
    const stopped = child;
    child = undefined;
    if (!stopped || stopped.exitCode !== null || stopped.signalCode !== null) return;
    const late = setTimeout(() => stopped.kill('SIGKILL'), stopLimitMs);
    stopped.kill('SIGTERM');
    await once(stopped, 'exit');
    clearTimeout(late);
  }

  const enqueue = (work) => {
    queue = queue.then(work);
    return queue;
  };
  return { restart: () => enqueue(() => stop().then(start)), stop: () => enqueue(stop) };
}

/** Whether the service became ready; false once it has ended, or a newer one took its place. */
async function isReady(baseUrl, started) {
  for (let waitedMs = 0; waitedMs < readyLimitMs; waitedMs += readyPollMs) {
    if (started.exitCode !== null || started.signalCode !== null) return false;
    const answer = await fetch(`${baseUrl}/health/ready`).catch(() => undefined);
    if (answer?.ok) return true;
    await delay(readyPollMs);
  }
  return false;
}
