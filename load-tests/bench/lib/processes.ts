import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { launch, stop } from '../../processes/children.ts';
import { launchRedis } from '../../processes/redis-server.ts';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 25;

// Whatever happens to the bench, nothing of it stays behind: `children.ts` ends what runs when this process exits.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

export interface Started {
  pid: number;
  stop(): Promise<void>;
}

/** Starts a program whose output goes to a file. */
export function start(
  command: string,
  args: string[],
  { env = {}, logPath }: { env?: Record<string, string>; logPath: string },
): Started {
  return toStarted(launch(command, args, { logPath, env: { ...process.env, ...env } }));
}

function toStarted(child: ChildProcess): Started {
  if (child.pid === undefined) throw new Error(`could not start ${child.spawnfile}`);
  return { pid: child.pid, stop: () => stop(child) };
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
  const logPath = `${dir}/redis.log`;
  const redis = toStarted(launchRedis({ dir, port: `${port}`, bind: '127.0.0.1' }, { logPath }));
  await untilListening(port);
  while (!readFileSync(logPath, 'utf8').includes('Ready to accept connections')) await delay(POLL_MS);
  return redis;
}
