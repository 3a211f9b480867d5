/** The part of ioredis' options that an address decides. */
export type RedisAddress = {
  path?: string;
  host?: string;
  port?: number;
  username?: string;
  password?: string;
  db?: number;
  tls?: Record<string, never>;
};

/**
 * The ioredis options of one Redis address. ioredis itself reads most of them from `new Redis(url)`, but decodes nothing in the
 * path of a unix socket, and takes what it does not understand for a host name.
 *
 * Takes `redis://[user:password@]host[:port][/db]`, `rediss://…` (TLS), and a unix socket as `/path/redis.sock` or
 * `unix:///path/redis.sock`, with `?db=N`.
 * @throws {Error} which says what was expected, without the address: it may hold a password.
 */
export function redisOptionsFromUrl(address: string): RedisAddress {
  const url = parse(address);
  const db = databaseNumber(url.protocol === 'unix:' ? url.searchParams.get('db') : url.pathname.slice(1));
  if (url.protocol === 'unix:') return { path: decodeURIComponent(url.pathname), ...db };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''), // an IPv6 address without its brackets
    port: Number(url.port || 6379),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    ...db,
  };
}

function parse(address: string): URL {
  const text = address.startsWith('/') ? `unix://${address.replaceAll('%', '%25').replaceAll('#', '%23')}` : address;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isComplete = url?.protocol === 'unix:' ? url.pathname.length > 1 && !url.hostname : Boolean(url?.hostname);
  if (!url || !isComplete || !['redis:', 'rediss:', 'unix:'].includes(url.protocol)) {
    throw new Error('expected redis://host:port, rediss://host:port or the path of a unix socket');
  }
  return url;
}

function databaseNumber(text: string | null): { db?: number } {
  if (!text) return {};
  if (!/^\d{1,5}$/.test(text)) throw new Error('expected a number as the Redis database');
  return { db: Number(text) };
}
