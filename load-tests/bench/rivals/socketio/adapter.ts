import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';

/**
 * The Redis streams adapter as both processes use it. Its stream holds ten times the default: at some thousand events a second
 * the default is two seconds, and a gateway that falls behind further would silently miss events.
 */
export function makeAdapter(url: string) {
  const redis = new Redis(url, { protocol: 2, enableAutoPipelining: true, maxRetriesPerRequest: null });
  return createAdapter(redis, { maxLen: 100_000, onlyPlaintext: true });
}
