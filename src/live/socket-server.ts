import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { CLOSE, LIVE_PROTOCOL } from '../contract/frames.ts';
import { type Connection, LiveSocket } from './connection.ts';

export interface SocketServerOptions {
  maxPayload: number;
  /** How long a client may take to answer a close. */
  closeTimeoutMs: number;
  onFrame(connection: Connection, frame: Buffer, isBinary: boolean): void;
  /** A socket is gone for good. */
  onGone(): void;
}

/** Fragments of one frame: a phone sends one; many tiny ones cost more memory than they carry. */
const FRAGMENTS_MAX = 16;
/** Pieces of one frame that the network may have cut it into; 4 KiB fit into three packets. */
const CHUNKS_MAX = 64;
/** Options of the installed `ws` that its published types do not name yet. */
type NewerOptions = { maxFragments: number; maxBufferedChunks: number; maxPendingAutoPongs: number; closeTimeout: number };

/** Whether the client offers our subprotocol (RFC 6455, section 4.1, item 10). */
export function takesProtocol(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'];
  return offered?.split(',').some((name) => name.trim() === LIVE_PROTOCOL) ?? false;
}

/** The handshake and the frames of clients, by `ws`; what the server sends is written past it, see `Connection`. */
export function createSocketServer({ maxPayload, closeTimeoutMs, onFrame, onGone }: SocketServerOptions) {
  const options: ServerOptions<typeof LiveSocket> & NewerOptions = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    WebSocket: LiveSocket,
    handleProtocols: () => LIVE_PROTOCOL,
    maxPayload,
    maxFragments: FRAGMENTS_MAX,
    maxBufferedChunks: CHUNKS_MAX,
    // A phone never pings; one waiting answer is enough, and a flood of pings at a socket that is not read ends it.
    maxPendingAutoPongs: 8,
    closeTimeout: closeTimeoutMs,
  };
  const server = new WebSocketServer<typeof LiveSocket>(options);
  const open = new Set<LiveSocket>();

  function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
    const { connection } = this as LiveSocket;
    if (connection) onFrame(connection, data as Buffer, isBinary);
  }

  function onPing(this: WebSocket): void {
    const { connection } = this as LiveSocket;
    if (!connection) return;
    connection.isAlive = true;
    if (!connection.mayReceive()) connection.close(CLOSE.tooMany);
  }

  function onPong(this: WebSocket): void {
    const { connection } = this as LiveSocket;
    if (connection) connection.isAlive = true;
  }

  function onClose(this: WebSocket): void {
    const socket = this as LiveSocket;
    open.delete(socket);
    socket.connection?.onSocketClosed();
    onGone();
  }

  return {
    /** Completes the handshake and hands over the socket; answers and closes it where the request is no handshake. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, onOpen: (ws: LiveSocket) => void): void {
      server.handleUpgrade(request, socket, head, (ws) => {
        open.add(ws);
        ws.on('message', onMessage);
        ws.on('ping', onPing);
        ws.on('pong', onPong);
        ws.on('close', onClose);
        ws.on('error', ignore);
        onOpen(ws);
      });
    },

    /** Resolves when every socket is gone, at the latest after so long: what is left then is destroyed. */
    async whenEmpty(timeoutMs: number): Promise<void> {
      const deadline = performance.now() + timeoutMs;
      while (open.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const ws of open) ws.terminate();
    },
  };
}

/** A broken or hostile client is no news: `ws` closes it with the right code, and `close` follows. */
function ignore(): void {}
