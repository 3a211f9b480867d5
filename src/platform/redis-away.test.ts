import { describe, expect, it } from 'vitest';
import { isRedisAway } from './redis-away.ts';

describe('isRedisAway', () => {
  it.each([
    'LOADING Redis is loading the dataset in memory',
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
    'MASTERDOWN Link with MASTER is down',
    'CLUSTERDOWN The cluster is down',
    'NOREPLICAS Not enough good replicas to write.',
    'BUSY Redis is busy running a script.',
    'TRYAGAIN Multiple keys request during rehashing of slot',
    "OOM command not allowed when used memory > 'maxmemory'. script: 5f0c, on @user_script:30.",
    'EXECABORT Transaction discarded because of previous errors.',
    'Command timed out',
    'Connection is closed.',
    'Command aborted due to connection close',
    "Stream isn't writeable and enableOfflineQueue options is false",
    "Socket timeout. Expecting data, but didn't receive any in 1400ms.",
    'connect ECONNREFUSED 127.0.0.1:6379',
    'read ECONNRESET',
    'connect ENOENT /run/redis.sock',
    'connect EHOSTUNREACH 10.0.0.1:6379',
    'getaddrinfo ENOTFOUND redis',
    'getaddrinfo EAI_AGAIN redis',
    'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
  ])('knows "%s"', (message) => {
    expect(isRedisAway(new Error(message))).toBe(true);
  });

  it.each([
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    "Cannot read properties of undefined (reading 'id')",
    'ERR unknown command',
    'BUSYGROUP Consumer Group name already exists',
    'Missing lock for job 1. moveToFinished',
  ])('knows "%s" for an error of something else', (message) => {
    expect(isRedisAway(new Error(message))).toBe(false);
  });

  it('knows what is no error', () => {
    for (const thrown of ['LOADING', null, undefined, 42, { message: 'LOADING' }]) {
      expect(isRedisAway(thrown)).toBe(false);
    }
  });
});
