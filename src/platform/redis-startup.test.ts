import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, inject, it } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { adviceOn, isAofBroken, takeOver } from './redis-startup.ts';
import { redisOptionsFromUrl } from './redis-url.ts';

const log = pino({ level: 'silent' });
const { signal } = new AbortController();

describe('takeOver', () => {
  it('finds nothing where nobody listens', async () => {
    const dir = makeTempDir();
    expect(await takeOver({ dir, socketPath: join(dir, 'redis.sock'), maxMemoryBytes: 0 }, signal, log)).toBeUndefined();
  });

  it('leaves a Redis alone that works on another directory', async () => {
    const place = { dir: makeTempDir(), socketPath: redisOptionsFromUrl(inject('redisUrl')).path ?? '', maxMemoryBytes: 1 };
    await expect(takeOver(place, signal, log)).rejects.toThrow(/^process \d+, a Redis on .* end it$/);
  });
});

describe('adviceOn', () => {
  it('names the damaged file in the form of the server that wrote it', async () => {
    const dir = await realpath(makeTempDir());
    const lines = '# Bad file format reading the append only file appendonly.aof.1.incr.aof';
    expect(isAofBroken(lines)).toBe(true);
    expect(adviceOn(dir, lines)).toContain(`redis-check-aof --fix '${dir}/appendonly.aof'`);
    expect(adviceOn(dir, lines)).toContain(lines);
    await mkdir(join(dir, 'appendonlydir'));
    expect(adviceOn(dir, lines)).toContain(`cp -a '${dir}'`);
  });

  it('advises no repair where nothing is damaged', () => {
    const lines = "# Can't open the append-only file: No space left on device";
    expect(isAofBroken(lines)).toBe(false);
    expect(adviceOn('/data/redis', lines)).not.toContain('--fix');
  });
});
