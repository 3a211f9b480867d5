import { rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';

export type DirectoryLock = { release: () => Promise<void> };

/** How long a holder may take to say its process id; a busy one is still a holder. */
const answerWithinMs = 1_000;

/**
 * Makes this process the only holder of `socketPath` until it releases it or ends, however it ends.
 *
 * The lock is a unix socket that the holder listens on: whether it lives is asked of the kernel, by connecting. A file with
 * a process id would not do: after a reboot, or in the next container, that number belongs to somebody else.
 * Answers the lock, or who holds it: `{ heldByPid }` (`'unknown'` if the holder is too busy to say).
 * @throws the system's error if there can be no socket at this path (a file system without them).
 */
export async function lockDirectory(socketPath: string): Promise<DirectoryLock | { heldByPid: string }> {
  const aside = `${socketPath}.${process.pid}`;
  for (;;) {
    const server = await tryListen(socketPath);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const heldByPid = await askHolder(socketPath);
    if (heldByPid) return { heldByPid };

    // Left behind by a dead holder. It is moved away before it goes, and asked again there: if another process was quicker
    // and we have just moved its fresh lock, it gets that back.
    await rename(socketPath, aside).catch(ignoreMissing);
    const quickerPid = await askHolder(aside);
    if (quickerPid) {
      await rename(aside, socketPath);
      return { heldByPid: quickerPid };
    }
    await rm(aside, { force: true });
  }
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
    const socket = connect(socketPath);
    const timer = setTimeout(() => socket.destroy(), answerWithinMs);
    let isAnswered = false;
    socket.on('connect', () => {
      isAnswered = true;
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer || (isAnswered ? 'unknown' : undefined));
    });
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
