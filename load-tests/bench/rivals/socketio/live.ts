import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { KEYS } from '../accept/keys.ts';
import { makeAdapter } from './adapter.ts';

/**
 * The Socket.IO program's sockets: WebSocket only, a room for each circle, connection state recovery so that a phone that was
 * away is sent what it missed (it is why one takes the streams adapter). A room's packet is encoded once, then written to each.
 */
const url = process.env['REDIS_URL'] ?? '';
const redis = new Redis(url, { protocol: 2, enableAutoPipelining: true });
const server = createServer();
const io = new Server(server, {
  adapter: makeAdapter(url),
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  maxHttpBufferSize: 4_096,
  connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: false },
});

io.use((socket, next) => {
  const { token } = socket.handshake.auth as { token?: string };
  const hash = createHash('sha256')
    .update(token ?? '')
    .digest('hex');
  redis.get(KEYS.session(hash)).then(async (person) => {
    if (!person) return next(new Error('not-signed-in'));
    await socket.join(await redis.smembers(KEYS.circlesOf(person)));
    next();
  }, next);
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
