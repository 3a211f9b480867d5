import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { startWorker } from '../accept/worker.ts';
import { makeAdapter } from './adapter.ts';

/**
 * The Socket.IO program's fan-out: one `emit` to the circle's room, through the adapter, from a server without sockets of its
 * own. Socket.IO has no emitter for the streams adapter; this is how its nodes talk to each other.
 */
const url = process.env['REDIS_URL'] ?? '';
const redis = new Redis(url, { protocol: 2, enableAutoPipelining: true, maxRetriesPerRequest: null });
const io = new Server({ adapter: makeAdapter(url), connectionStateRecovery: {} });

startWorker(url, redis, false, async (circle, { event }) => {
  io.to(circle).emit('status', event);
});
