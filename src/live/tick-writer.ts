/** Something that collects what is to be written until the tick ends. */
export interface Flushable {
  flush(): void;
}

/**
 * Ends each tick of the event loop with the writes that came up in it: first every circle hands its joined frames to its
 * connections, then every connection writes once. Redis delivers many events per read, and one system call carries them
 * all: measured, four frames in one write cost a third of four writes.
 */
export class TickWriter {
  #hubs: Flushable[] = [];
  #connections: Flushable[] = [];
  #isScheduled = false;

  addHub(hub: Flushable): void {
    this.#hubs.push(hub);
    this.#schedule();
  }

  addConnection(connection: Flushable): void {
    this.#connections.push(connection);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#run);
  }

  #run = (): void => {
    this.#isScheduled = false;
    const hubs = this.#hubs;
    this.#hubs = [];
    for (const hub of hubs) hub.flush();
    const connections = this.#connections;
    this.#connections = [];
    for (const connection of connections) connection.flush();
  };
}
