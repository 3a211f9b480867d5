import { describe, expect, it } from 'vitest';
import { redisOptionsFromUrl } from './redis-url.ts';

describe('redisOptionsFromUrl', () => {
  it('reads host, port and database', () => {
    expect(redisOptionsFromUrl('redis://cache.local:6380/2')).toEqual({ host: 'cache.local', port: 6380, db: 2 });
  });

  it('uses port 6379 where none is given, and takes the brackets off an IPv6 address', () => {
    expect(redisOptionsFromUrl('redis://[::1]')).toEqual({ host: '::1', port: 6379 });
  });

  it('decodes the password and turns TLS on for rediss', () => {
    expect(redisOptionsFromUrl('rediss://:p%40ss@r.example:6390')).toEqual({
      host: 'r.example',
      port: 6390,
      password: 'p@ss',
      tls: {},
    });
  });

  it('reads a unix socket as a path and as a URL', () => {
    expect(redisOptionsFromUrl('/var/lib/buji/redis.sock')).toEqual({ path: '/var/lib/buji/redis.sock' });
    expect(redisOptionsFromUrl('unix:///var/lib/buji/redis.sock?db=3')).toEqual({ path: '/var/lib/buji/redis.sock', db: 3 });
  });

  it('keeps spaces, percent and hash signs of a path', () => {
    expect(redisOptionsFromUrl('/srv/50% of #1/無事.sock')).toEqual({ path: '/srv/50% of #1/無事.sock' });
  });

  it.each(['', 'localhost:6379', 'http://host', 'redis://', 'unix://host/x', 'redis://h/one', 'unix:///'])(
    'refuses %j',
    (address) => {
      expect(() => redisOptionsFromUrl(address)).toThrow(/^expected /);
    },
  );

  it('never repeats the address, which may hold a password', () => {
    expect(() => redisOptionsFromUrl('http://:secret@host')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    );
  });
});
