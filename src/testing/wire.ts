import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { redisOptionsFromUrl } from '../platform/redis-url.ts';

/** A wire between the program and Redis that a test cuts, blocks, silences and mends. */
export interface Wire {
  url: string;
  /** Connections through the wire now. */
  count(): number;
  /** All that were ever made. */
  accepted(): number;
  /** Ends every connection. */
  cut(): void;
  /** While it is blocked nothing passes; what was sent arrives later. */
  block(value: boolean): void;
  /** On the connections of now nothing passes any more, and nobody is told. Those made later work. */
  silence(): void;
  close(): Promise<void>;
  /** After `close`: listens again on the same port. */
  mend(): Promise<void>;
}

/** Listens on a free port and passes everything on to this Redis, a connection for a connection. */
export async function openWire(redisUrl: string): Promise<Wire> {
  const target = redisOptionsFromUrl(redisUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isBlocked = false;
  let accepted = 0;
  const server: Server = createServer((client) => {
    accepted += 1;
    const upstream = connect(target as NetConnectOpts);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on('data', (chunk) => to.write(chunk));
      if (isBlocked) from.pause();
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      from.on('error', () => undefined);
    }
  });
  let port = 0;
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();
  port = (server.address() as { port: number }).port;
  const cut = () => {
    for (const [client] of pairs) client.destroy();
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    count: () => pairs.size,
    accepted: () => accepted,
    cut,
    block(value: boolean) {
      isBlocked = value;
      for (const socket of [...pairs].flat()) {
        if (isBlocked) socket.pause();
        else socket.resume();
      }
    },
    silence() {
      for (const socket of [...pairs].flat()) socket.removeAllListeners('data').pause();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
    mend: listen,
  };
}
