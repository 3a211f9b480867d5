import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { type WebSocket, WebSocketServer } from 'ws';
import { KEYS } from '../accept/keys.ts';

/** The naive program's sockets: a channel for each person, and `ws.send` to each of their sockets. */
const url = process.env['REDIS_URL'] ?? '';
const redis = new Redis(url, { protocol: 2, enableAutoPipelining: true });
const subscriber = new Redis(url, { protocol: 2 });
const socketsOf = new Map<string, Set<WebSocket>>();
const PING_MS = 25_000;
/** A socket that left so much unread is cut; its client reads the feed when it is back. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
const wss = new WebSocketServer({ noServer: true, maxPayload: 4_096, perMessageDeflate: false, clientTracking: false });

subscriber.on('message', (channel: string, text: string) => {
  for (const socket of socketsOf.get(channel) ?? []) {
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(text);
  }
});

async function open(socket: WebSocket, person: string): Promise<void> {
  const channel = `person:${person}`;
  const sockets = socketsOf.get(channel) ?? new Set();
  socketsOf.set(channel, sockets.add(socket));
  socket.on('close', () => {
    sockets.delete(socket);
    if (sockets.size > 0) return;
    socketsOf.delete(channel);
    void subscriber.unsubscribe(channel);
  });
  socket.on('error', () => socket.terminate());
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_MS);
  socket.on('close', () => clearInterval(timer));
  if (sockets.size === 1) await subscriber.subscribe(channel);
  const circles = await redis.smembers(KEYS.circlesOf(person));
  socket.send(JSON.stringify({ t: 'hello', person, circles }));
}

const server = createServer();
server.on('upgrade', (request, socket, head) => {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  void redis.get(KEYS.session(createHash('sha256').update(token).digest('hex'))).then((person) => {
    if (!person) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    wss.handleUpgrade(request, socket, head, (ws) => void open(ws, person));
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
