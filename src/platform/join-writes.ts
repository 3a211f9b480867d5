import type { Writable } from 'node:stream';

/**
 * Sends what is written in one turn of the event loop together, by one system call: a BullMQ worker that ends many jobs at the
 * same time writes a command for each. Nothing is held back beyond the turn.
 */
export function joinWrites(stream: Writable): void {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let isJoining = false;
  stream.write = (...args: unknown[]) => {
    if (!isJoining) {
      isJoining = true;
      stream.cork();
      process.nextTick(() => {
        isJoining = false;
        stream.uncork();
      });
    }
    return write(...args);
  };
}
