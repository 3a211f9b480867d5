import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type DirectoryLock = { release: () => Promise<void> };

/** How long a holder may take to say its process id; a busy one is still a holder. */
const answerWithinMs = 1_000;
/** Somebody else's turn takes milliseconds, or `answerWithinMs`. */
const turnPollMs = 10;

/**
 * Makes this process the only holder of `socketPath` until it releases it or ends, however it ends.
 *
 * The lock is a unix socket that the holder listens on: whether it lives is asked of the kernel, by connecting. A file with
 * a process id would not do: after a reboot, or in the next container, that number belongs to somebody else. Those who come at
 * once take turns, for between asking, clearing what a dead holder left and listening there is room for another.
 * Answers the lock, or who holds it: `{ heldByPid }` (`'unknown'` if the holder is too busy to say).
 * @throws the system's error if there can be no socket at this path (a file system without them).
 */
export async function lockDirectory(socketPath: string): Promise<DirectoryLock | { heldByPid: string }> {
  const endTurn = await takeTurn(socketPath);
  try {
    const heldByPid = await askHolder(socketPath);
    if (heldByPid) return { heldByPid };
    await rm(socketPath, { force: true });
    const server = await tryListen(socketPath);
    return server ? { release: () => close(server) } : { heldByPid: 'unknown' };
  } finally {
    await endTurn();
  }
}

/**
 * A turn is a socket in Linux' abstract namespace: it is no file, and gone with its process. Elsewhere there are no turns, and
 * two that start in the same millisecond beside a lock left behind may both believe that they hold it.
 */
async function takeTurn(socketPath: string): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return async () => undefined;
  const name = `\0buji-${createHash('sha256').update(socketPath).digest('hex')}`;
  for (;;) {
    const server = await tryListen(name);
    if (server) return () => close(server);
    await delay(turnPollMs);
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function tryListen(socketPath: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy()); // the one who asked has gone
      socket.write(String(process.pid));
      socket.destroySoon(); // not end: one who asks and stays would keep the release waiting
    });
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(socketPath, () => resolve(server));
    server.unref();
  });
}

/** The process id that the socket's owner tells, or undefined if nobody listens there. */
function askHolder(socketPath: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    let isThere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const socket = connect(socketPath);
    // Not before: to us, who may be busy too, a second can be over before we look who has answered.
    socket.on('connect', () => {
      timer = setTimeout(() => socket.destroy(), answerWithinMs);
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      isThere = code !== 'ENOENT' && code !== 'ECONNREFUSED';
      socket.destroy();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer || (isThere ? 'unknown' : undefined));
    });
  });
}
