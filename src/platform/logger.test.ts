import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createLogger } from './logger.ts';

const redis = new Redis(inject('redisUrl'));
afterAll(() => redis.quit());

function capture(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger(level, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, log };
}

describe('createLogger', () => {
  it('writes JSON lines with a time that people can read, from its level on', () => {
    const { lines, log } = capture('warn');
    log.info('quiet');
    log.warn({ batch: 'b1' }, 'loud');
    expect(lines).toEqual([
      { level: 40, pid: process.pid, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), batch: 'b1', msg: 'loud' },
    ]);
  });

  it('says what an error was, without the command that carried notes and tokens', async () => {
    const { lines, log } = capture();
    const err = await redis.hset('{log}', 'note', 'my secret note', 'odd').catch((error: unknown) => error);
    expect(JSON.stringify(err)).toContain('my secret note');
    log.error({ err, req: 'r1' }, 'bug');
    log.child({ queue: 'help' }).warn({ err }, 'job failed');
    expect(lines[0]).toMatchObject({
      req: 'r1',
      err: { type: 'ReplyError', message: expect.stringContaining('ERR'), stack: expect.any(String) },
    });
    expect(JSON.stringify(lines)).not.toContain('my secret note');
  });

  it('keeps the code and the cause of an error, and nothing else that hangs on it', () => {
    const { lines, log } = capture();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', args: ['secret'] });
    log.warn({ err: Object.assign(new Error('away', { cause }), { code: 'E_AWAY', url: 'https://x/secret' }) }, 'x');
    expect(lines[0]?.['err']).toMatchObject({ type: 'Error', message: 'away', code: 'E_AWAY', cause: { code: 'ECONNREFUSED' } });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('takes anything for an error', () => {
    const { lines, log } = capture();
    log.warn({ err: 'a word' }, 'x');
    log.warn({ err: null }, 'x');
    log.warn({ err: { code: 'x', note: 'secret' } }, 'x');
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('names a request by its id, and never by its address', () => {
    const { lines, log } = capture();
    log.warn({ req: 'r1' }, 'x');
    log.warn({ req: { method: 'GET', url: '/join/secret' } }, 'x');
    expect(lines.map(({ req }) => req)).toEqual(['r1', undefined]);
  });
});
