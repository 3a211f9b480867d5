import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchRedis } from '../processes/redis-server.ts';

/** A world of a few thousand people and a spike need a small part of it. */
const MAX_MEMORY_BYTES = 2 * 1024 * 1024 * 1024;
const READY_LIMIT_MS = 30_000;
const READY_POLL_MS = 20;

/**
 * Starts a Redis as the service's own private one is set: a process of its own here, because a fault may be to kill it and
 * nothing else. Resolves when it answers with all its data. Started again on the same directory, it finds everything.
 */
export async function startRedis(dir: string, logPath: string): Promise<{ child: ChildProcess; url: string }> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const socket = join(dir, 'redis.sock');
  const settings = {
    dir,
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    'aof-load-truncated': 'yes',
    maxmemory: String(MAX_MEMORY_BYTES),
  };
  const child = launchRedis(settings, { logPath, detached: true });
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!(await answersPing(socket))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`Redis did not start; its log is ${logPath}`);
    await delay(READY_POLL_MS);
  }
  return { child, url: `unix://${socket}` };
}

function answersPing(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path }, () => socket.write('PING\r\n'));
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG')); // and not `-LOADING`
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
  });
}
